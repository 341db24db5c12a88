import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { ownSide } from '../names.ts';
import { foldedColumn, searchableFields, titleFieldOf } from '../search.ts';
import { fieldExpression, newBuilder, newJoins, type Builder, type Joins } from './builder.ts';
import { fromWhere, matching } from './matching.ts';
import { selectedMembers } from './selection.ts';
import { compileShape, type Member } from './shape.ts';
import { reading, type ReadSource } from './source.ts';
import { ROW, tableOf } from './table.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';

const TYPED_MAX = 200;

/** What somebody typed into a reference field. `fields` replaces the searchable fields in the answer. */
export type LookupQuery = {
  readonly q: string;
  readonly limit: number;
  readonly fields?: readonly string[] | undefined;
};

/**
 * As-you-type search, as the text of `{"items":[{"id":…,"title":…,…}]}`: records whose title begins with what was typed,
 * in order, then those in which every word typed begins some word. Nothing typed: the newest.
 */
export function lookupRecords(source: ReadSource, object: ObjectDefinition, query: LookupQuery): Promise<string> {
  return reading(source, object, async (from, of) => {
    const builder = newBuilder(from);
    const hits = query.q.trim() === '' ? newest(builder, of, query.limit) : typed(builder, of, query);
    const joins = newJoins(builder, ROW);
    const select = compileShape(lookupMembers(builder, joins, of, query.fields));
    const text = `${hits.first} select ${select.list} from (${hits.rows}) hit join ${tableOf(of)} ${ROW} on ${ROW}.id = hit.id${joins.sql()} order by hit.rank, hit.sort, ${ROW}.id desc`;
    // Never prepared: a plan that is to fit any text reads the whole table for each.
    const rows = await from.query({ text, values: builder.values });
    return `{"items":[${rows.map((row) => select.json(row)).join(',')}]}`;
  });
}

/** The rows found: `id`, `rank` and `sort` of each; `first` is what WITH must define for them. */
type Hits = { readonly first: string; readonly rows: string };

function newest(builder: Builder, object: ObjectDefinition, limit: number): Hits {
  const living = fromWhere(object, newJoins(builder, ROW), matching(builder, newJoins(builder, ROW), object, { deleted: 'no' }));
  return {
    first: '',
    rows: `select ${ROW}.id, 0 as rank, '' as sort ${living} order by ${ROW}.id desc limit ${limit}`,
  };
}

/**
 * Both searches stop at the limit, and the second one does not begin when the first has filled it. The words are sought apart
 * (materialized, yet read only as far as needed), so that the planner takes the index even for a word it has never seen.
 */
function typed(builder: Builder, object: ObjectDefinition, { q, limit }: LookupQuery): Hits {
  const joins = newJoins(builder, ROW);
  const words = matching(builder, joins, object, { deleted: 'no', q });
  const title = readableTitle(builder, object);
  const found = `select word.id, 1 as rank, '' as sort from word limit ${limit}`;
  if (title === null) return { first: withWords(object, joins, words), rows: found };
  const folded = foldedColumn(title, `${ROW}.`);
  const begins = `${folded} like regexp_replace(platform.fold(${builder.parameter(storable(q.trim()))}), '([\\\\%_])', '\\\\\\1', 'g') || '%'`;
  const titles = fromWhere(object, joins, [...matching(builder, joins, object, { deleted: 'no' }), begins]);
  const first = `select ${ROW}.id, 0 as rank, ${folded} as sort ${titles} order by ${folded} using ~<~ limit ${limit}`;
  return {
    first: withWords(object, joins, [...words, `(${begins}) is not true`]),
    rows: `select * from ((${first}) union all (${found})) found limit ${limit}`,
  };
}

/** PostgreSQL has no NUL in text, and no halves of characters: nothing begins with one. */
function storable(text: string): string {
  return text.slice(0, TYPED_MAX).replaceAll('\u0000', '').toWellFormed();
}

function withWords(object: ObjectDefinition, joins: Joins, conditions: readonly string[]): string {
  return `with word as materialized (select ${ROW}.id ${fromWhere(object, joins, conditions)})`;
}

function lookupMembers(builder: Builder, joins: Joins, object: ObjectDefinition, fields: readonly string[] | undefined): readonly Member[] {
  const side = ownSide(object);
  const title = readableTitle(builder, object);
  const value: Member = title
    ? { kind: 'value', key: 'title', sql: `${fieldExpression(ROW, side, title).sql}::text`, storage: 'text' }
    : { kind: 'value', key: 'title', sql: 'null::text', storage: 'text' };
  const named = fields ?? shownFields(builder, object);
  const more = named.length === 0 ? [] : selectedMembers(builder, joins, side, { fields: named });
  const id: Member = { kind: 'value', key: 'id', sql: `${ROW}.id`, storage: 'uuid' };
  return [id, value, ...more.filter((member) => member.key !== 'id' && member.key !== 'title')];
}

function shownFields(builder: Builder, object: ObjectDefinition): readonly string[] {
  const { permissions } = builder.scope;
  return searchableFields(object)
    .filter(permissions.on(object).mayRead)
    .map((field) => apiNameOf(field));
}

function readableTitle(builder: Builder, object: ObjectDefinition) {
  const { permissions } = builder.scope;
  const title = titleFieldOf(object);
  return title && permissions.on(object).mayRead(title) ? title : null;
}
