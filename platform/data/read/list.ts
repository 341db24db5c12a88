import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { sqlState } from '../database-errors.ts';
import type { RawRow } from '../database.ts';
import { compilePage, type CompiledPage } from './compile-page.ts';
import { countRecords } from './count.ts';
import { cursorText } from './cursor.ts';
import type { ListQuery } from './query.ts';
import { reading, type ReadSource } from './source.ts';
import { preparedWhenCommon } from './statement-names.ts';

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
  const rows = [...(await runPage(source, page, { object, query }))];
  if (page.isFilledOnly && rows.length <= query.limit)
    rows.push(...(await runPage(source, compilePage(source, object, query, 'empty'), { object, query })));
  const items: string[] = [];
  for (const row of rows.slice(0, query.limit)) items.push(page.select.json(row));
  const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
  const position = page.keyColumns.map((column) => last?.[column] ?? null);
  return { items, next: last ? cursorText(page.shape(), position) : null };
}

type Asked = { readonly object: ObjectDefinition; readonly query: ListQuery };

async function runPage(source: ReadSource, page: CompiledPage, { object, query }: Asked): Promise<readonly RawRow[]> {
  try {
    // A search is never prepared: its plan depends on the words, and one that is to fit any word reads the whole table. Nor is what is looked for among all events, where a value stands for ten or for a million.
    const isPlannedAnew = query.q !== undefined || object.storedBy !== undefined;
    const { text, values } = page;
    return await source.query(isPlannedAnew ? { text, values } : preparedWhenCommon(text, values));
  } catch (error) {
    // A cursor's values were checked for their form; one that still is no value was forged.
    if (query.cursor !== undefined && sqlState(error).startsWith('22'))
      throw new Refusal('malformed_request', 'The cursor does not belong to this query. Start again without it.');
    throw error;
  }
}
