import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { identifier } from '../identifier.ts';
import { ownSide } from '../names.ts';
import { foldedColumn, searchableFields, titleFieldOf, wholeNumberQuery } from '../search.ts';
import { fieldExpression, newBuilder, newJoins, type Builder, type Joins } from './builder.ts';
import { likelyQuery } from './likely-words.ts';
import { fromWhere, matching } from './matching.ts';
import { prepared } from './statement-names.ts';
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
  /** Says with each record how well it fits: 0 its key or whole title, 1 its title begins so, 2 words of it, or nearly these. */
  readonly isRanked?: boolean;
  /** The table is so small that any plan will do: planning would take longer than the search. */
  readonly isSmall?: boolean;
};

/**
 * As-you-type search, as the text of `{"items":[{"id":…,"title":…,…}]}`: records of that key, those whose title begins with what was typed,
 * in order, then those in which every word typed begins some word; where there are none, those that have nearly these words. Nothing typed: the newest.
 */
export function lookupRecords(source: ReadSource, object: ObjectDefinition, query: LookupQuery): Promise<string> {
  return reading(source, object, async (from, of) => {
    const attempts = [byKey, byWholeNumber, asTyped, asMeant];
    for (const attempt of of.parent === undefined ? attempts : [asTyped]) {
      const rows = await attempt(from, of, query);
      if (rows.length > 0) return answerOf(rows);
    }
    return answerOf([]);
  });
}

/** A number or a code is found by its index alone; words of it would be begun by many. */
async function byKey(from: ReadSource, of: ObjectDefinition, query: LookupQuery): Promise<readonly string[]> {
  if (query.isRanked === true || !/\d/.test(query.q)) return [];
  const builder = newBuilder(from);
  const keys = keyHits(builder, of, query.q.trim());
  return keys.length === 0 ? [] : readHits(from, of, { builder, query, hits: { first: '', rows: together(keys, query.limit) } });
}

/** A telephone number, an IBAN or a VAT number that was typed with spaces is one word. */
async function byWholeNumber(from: ReadSource, of: ObjectDefinition, query: LookupQuery): Promise<readonly string[]> {
  const words = wholeNumberQuery(query.q);
  return words === null ? [] : lookUp(from, of, { ...query, words });
}

function asTyped(from: ReadSource, of: ObjectDefinition, query: LookupQuery): Promise<readonly string[]> {
  return lookUp(from, of, { ...query, words: null });
}

/** Where nothing has these words, those that are nearly so are looked for. */
async function asMeant(from: ReadSource, of: ObjectDefinition, query: LookupQuery): Promise<readonly string[]> {
  if (of.features.fuzzySearch !== true || readableTitle(newBuilder(from), of) === null) return [];
  const words = await likelyQuery(from, of, query.q);
  return words === null ? [] : lookUp(from, of, { ...query, words });
}

function answerOf(rows: readonly string[]): string {
  return `{"items":[${rows.join(',')}]}`;
}

/** `words`: what to look for instead of what was typed, as tsquery text. */
type Asked = LookupQuery & { readonly words: string | null };

/** The records found, as the text of each. */
async function lookUp(from: ReadSource, of: ObjectDefinition, query: Asked): Promise<readonly string[]> {
  const builder = newBuilder(from);
  const hits = query.q.trim() === '' ? latest(builder, of, query.limit) : typed(builder, of, query);
  return readHits(from, of, { builder, query, hits });
}

type Hit = { readonly builder: Builder; readonly query: LookupQuery; readonly hits: Hits };

async function readHits(from: ReadSource, of: ObjectDefinition, { builder, query, hits }: Hit): Promise<readonly string[]> {
  const joins = newJoins(builder, ROW);
  const rank: Member = { kind: 'value', key: 'rank', sql: 'hit.rank', storage: 'integer' };
  const members = lookupMembers(builder, joins, of, query.fields);
  const select = compileShape(query.isRanked === true ? [rank, ...members.filter(({ key }) => key !== 'rank')] : members);
  const text = `${hits.first} select ${select.list} from (${hits.rows}) hit join ${tableOf(of)} ${ROW} on ${ROW}.id = hit.id${joins.sql()} order by hit.rank, hit.sort, ${ROW}.id desc`;
  // Not prepared where it is large: a plan that is to fit any text reads the whole table for each.
  const { values } = builder;
  const rows = await from.query(query.isSmall === true ? prepared(text, values) : { text, values });
  return rows.map((row) => select.json(row));
}

/** The rows found: `id`, `rank` and `sort` of each; `first` is what WITH must define for them. */
type Hits = { readonly first: string; readonly rows: string };

function latest(builder: Builder, object: ObjectDefinition, limit: number): Hits {
  const living = fromWhere(object, newJoins(builder, ROW), matching(builder, newJoins(builder, ROW), object, { deleted: 'no' }));
  return {
    first: '',
    rows: `select ${ROW}.id, 2 as rank, '' as sort ${living} order by ${ROW}.id desc limit ${limit}`,
  };
}

/**
 * Both searches stop at the limit, and the second one does not begin when the first has filled it. The words are sought apart
 * (materialized, yet read only as far as needed), so that the planner takes the index even for a word it has never seen.
 */
function typed(builder: Builder, object: ObjectDefinition, { q, limit, words: meant }: Asked): Hits {
  const joins = newJoins(builder, ROW);
  const words = matching(builder, joins, object, { deleted: 'no', q, ...(meant === null ? {} : { words: meant }) });
  // These words are few: the index alone finds them.
  if (meant !== null) return { first: withWords(object, joins, words), rows: wordHits(limit) };
  const title = readableTitle(builder, object);
  const begins = title === null ? null : beginning(builder, foldedColumn(title, `${ROW}.`), q.trim());
  const others = begins === null ? words : [...words, `(${begins.condition}) is not true`];
  const first = begins === null ? [] : [titleHits(builder, object, begins, limit)];
  if (object.parent !== undefined) return { first: withWords(object, joins, others), rows: together([...first, wordHits(limit)], limit) };
  const keys = keyHits(builder, object, q.trim());
  const rest = together([...first, newestHits(object, others, limit), wordHits(limit)], limit);
  const found = together([...keys, rest], keys.length + limit);
  // `is true` keeps the planner from reading half of the primary key for it.
  const isOlder = `(${ROW}.id < (select id from (${newest(object)}) newest order by id limit 1)) is true`;
  return {
    first: withWords(object, joins, [...others, isOlder]),
    // What was found by its key may be found by its title too.
    rows: `select id, min(rank) as rank, min(sort) as sort from (${found}) best group by id order by min(rank), min(sort), id desc limit ${limit}`,
  };
}

/** One search after the other, as far as the limit goes. */
function together(parts: readonly string[], limit: number): string {
  return `select * from (${parts.map((part) => `(${part})`).join(' union all ')}) found limit ${limit}`;
}

type Beginning = { readonly folded: string; readonly sought: string; readonly condition: string };

function beginning(builder: Builder, folded: string, typedText: string): Beginning {
  const sought = `platform.fold(${builder.parameter(storable(typedText))})`;
  return { folded, sought, condition: `${folded} like regexp_replace(${sought}, '([\\\\%_])', '\\\\\\1', 'g') || '%'` };
}

function titleHits(builder: Builder, object: ObjectDefinition, { folded, sought, condition }: Beginning, limit: number): string {
  const joins = newJoins(builder, ROW);
  const titles = fromWhere(object, joins, [...matching(builder, joins, object, { deleted: 'no' }), condition]);
  const rank = `case when ${folded} = ${sought} then 0 else 1 end`;
  return `select ${ROW}.id, ${rank} as rank, ${folded} as sort ${titles} order by ${folded} using ~<~ limit ${limit}`;
}

function wordHits(limit: number): string {
  return `select word.id, 2 as rank, '' as sort from word limit ${limit}`;
}

/** Among how many of the newest records words are looked for before the index is asked. */
const NEWEST = 100;

function newest(object: ObjectDefinition): string {
  return `select ${ROW}.* from ${tableOf(object)} ${ROW} where ${ROW}.deleted_at is null order by ${ROW}.id desc limit ${NEWEST}`;
}

/**
 * Words among the newest records. A word that many records have is there often enough to fill the answer, so that the index, which would
 * first collect all of them, is asked for rare words alone.
 */
function newestHits(object: ObjectDefinition, conditions: readonly string[], limit: number): string {
  return `select ${ROW}.id, 2 as rank, '' as sort from (${newest(object)}) ${ROW} where ${conditions.join(' and ')} limit ${limit}`;
}

/** Records whose unique field is what was typed, by the index of that field: a number, a code, an address. */
function keyHits(builder: Builder, object: ObjectDefinition, typedText: string): readonly string[] {
  const { permissions } = builder.scope;
  const text = storable(typedText);
  const isKey = (field: FieldDefinition): boolean =>
    field.unique === true && field.state === 'active' && permissions.on(object).mayRead(field) && fieldType(field.type).storage === 'text';
  return searchableFields(object)
    .filter(isKey)
    .map((field) => {
      const key = `${ROW}.${identifier(field.column)} = any(${builder.parameter([...new Set([text, text.toUpperCase(), text.toLowerCase()])])}::text[])`;
      const joins = newJoins(builder, ROW);
      const found = fromWhere(object, joins, [...matching(builder, joins, object, { deleted: 'no' }), key]);
      return `select ${ROW}.id, 0 as rank, '' as sort ${found} limit 3`;
    });
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
