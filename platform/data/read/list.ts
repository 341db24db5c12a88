import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { sqlState } from '../database-errors.ts';
import type { RawRow } from '../database.ts';
import { ownSide } from '../names.ts';
import { newBuilder, newJoins, type Builder, type Joins } from './builder.ts';
import { countRecords } from './count.ts';
import { afterPosition, cursorText, parseCursor, queryShape } from './cursor.ts';
import { fromWhere, matching, searchedFirst } from './matching.ts';
import type { ListQuery } from './query.ts';
import { rowSelect } from './row.ts';
import { selectedMembers, type Selection } from './selection.ts';
import { compileShape, type RowSelect } from './shape.ts';
import { orderBy, sortKeys, type SortKey } from './sort.ts';
import { reading, type ReadSource } from './source.ts';
import { preparedWhenCommon } from './statement-names.ts';
import { ROW, tableOf } from './table.ts';

/** A page of records: the JSON text of each, and the cursor of the next page. */
export type Page = { readonly items: readonly string[]; readonly next: string | null };

/**
 * A page of records as the text of `{"items":[…],"next":"…"|null,"count":n|null}`.
 * Refuses what the caller may not name or see.
 */
export function listRecords(source: ReadSource, object: ObjectDefinition, query: ListQuery): Promise<string> {
  return reading(source, object, async (from, of) => {
    const [page, count] = await Promise.all([readPage(from, of, query), countRecords(from, of, query)]);
    return `{"items":[${page.items.join(',')}],"next":${page.next === null ? 'null' : `"${page.next}"`},"count":${count}}`;
  });
}

/** All records of a query in batches of JSON texts, each fetched by key when the one before has been taken: for exports. */
export async function* streamRecords(source: ReadSource, object: ObjectDefinition, query: ListQuery): AsyncGenerator<readonly string[]> {
  let cursor = query.cursor;
  do {
    const batch: ListQuery = { ...query, limit: BATCH, ...(cursor === undefined ? {} : { cursor }) };
    const page = await reading(source, object, (from, of) => readPage(from, of, batch));
    if (page.items.length > 0) yield page.items;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

const BATCH = 1000;

async function readPage(source: ReadSource, object: ObjectDefinition, query: ListQuery): Promise<Page> {
  const page = compilePage(source, object, query);
  const rows = await runPage(source, page, query);
  const hasMore = rows.length > query.limit;
  const items: string[] = [];
  for (const row of hasMore ? rows.slice(0, query.limit) : rows) items.push(page.select.json(row));
  const last = hasMore ? rows[query.limit - 1] : undefined;
  return {
    items,
    next: last
      ? cursorText(
          page.shape(),
          page.keyColumns.map((column) => last[column] ?? null),
        )
      : null,
  };
}

/** A compiled page. `keyColumns`: where in a row the values of the sort keys stand. */
type Compiled = {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly select: RowSelect;
  readonly keyColumns: readonly number[];
  readonly shape: () => string;
};

function compilePage(source: ReadSource, object: ObjectDefinition, query: ListQuery): Compiled {
  const builder = newBuilder(source);
  const joins = newJoins(builder, ROW);
  const keys = sortKeys(builder, joins, object, query.sort);
  const shape = () => queryShape([object.id, keys, query.filter, query.q, query.deleted]);
  const conditions = [...matching(builder, joins, object, query)];
  if (query.cursor !== undefined) conditions.push(afterPosition(builder, keys, parseCursor(query.cursor, shape(), keys)));
  const order = `order by ${orderBy(keys)}`;
  const filtered = joins.sql();
  const select = selectOf(builder, joins, object, query);
  const { columns, keyColumns } = withKeys(select, keys);
  const compiled = { values: builder.values, select, keyColumns, shape };
  if (query.offset !== undefined && query.offset > 0) {
    // Deep in a list only ids are walked; the records themselves are read for the page alone.
    const ids = `select ${ROW}.id ${fromWhere(object, { sql: () => filtered }, conditions)} ${order} limit ${query.limit + 1} offset ${query.offset}`;
    return {
      ...compiled,
      text: `select ${columns} from ${tableOf(object)} ${ROW}${joins.sql()} where ${ROW}.id in (${ids}) ${order}`,
    };
  }
  const rows =
    query.q === undefined
      ? fromWhere(object, joins, conditions)
      : `${searchedFirst(object, { sql: () => filtered }, conditions)}${joins.sql()}`;
  return { ...compiled, text: `select ${columns} ${rows} ${order} limit ${query.limit + 1}` };
}

/** The row of a record: compiled once for the default, per query where fields are named. */
export function selectOf(builder: Builder, joins: Joins, object: ObjectDefinition, selection: Selection): RowSelect {
  if (selection.fields === undefined && selection.expand === undefined)
    return rowSelect(builder.source.schema, object, builder.scope.permissions);
  return compileShape(selectedMembers(builder, joins, ownSide(object), selection));
}

function withKeys(select: RowSelect, keys: readonly SortKey[]): { columns: string; keyColumns: readonly number[] } {
  const extra: string[] = [];
  const keyColumns = keys.map((key) => {
    const selected = select.columns.indexOf(key.sql);
    return selected >= 0 ? selected : select.columns.length + extra.push(key.sql) - 1;
  });
  return { columns: [select.list, ...extra].filter((part) => part !== '').join(', '), keyColumns };
}

async function runPage(source: ReadSource, page: Compiled, query: ListQuery): Promise<readonly RawRow[]> {
  try {
    // A search is never prepared: its plan depends on the words, and one that is to fit any word reads the whole table.
    const { text, values } = page;
    return await source.query(query.q === undefined ? preparedWhenCommon(text, values) : { text, values });
  } catch (error) {
    // A cursor's values were checked for their form; one that still is no value was forged.
    if (query.cursor !== undefined && sqlState(error).startsWith('22'))
      throw new Refusal('malformed_request', 'The cursor does not belong to this query. Start again without it.');
    throw error;
  }
}
