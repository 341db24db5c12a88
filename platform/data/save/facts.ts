import { isList, parseObject } from '#platform/kernel/json.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { Need, RecordValues, WorkQuery } from '#platform/kernel/module.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import { queryMirror } from '../mirrors/query-mirror.ts';
import { readMirror } from '../mirrors/mirror-rows.ts';
import { listRecords } from '../read/list.ts';
import { parseListQuery } from '../read/query.ts';
import type { Query } from './load.ts';

/** Where facts are read: a transaction or a connection, under one schema version, with the platform's own rights. */
export type FactSource = { readonly index: SchemaIndex; readonly system: Caller; readonly query: Query };

/** Records by query, in API words. Of another service's object the mirror is read, and what it keeps can be asked for. */
export async function queryRecords(source: FactSource, object: string, query: WorkQuery): Promise<readonly RecordValues[]> {
  const own = source.index.byName.get(object);
  return own ? (await pageOf(source, own, query)).items : fromMirror(source, object, query);
}

/** All records of this service by query, page by page along the keys of its sorting, however many there are and whatever becomes of those that were read. */
export async function* recordPages(
  source: FactSource,
  object: ObjectDefinition,
  query: WorkQuery,
): AsyncGenerator<readonly RecordValues[]> {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: Page = await pageOf(source, object, { ...query, ...(cursor === undefined ? {} : { cursor }) });
    yield page.items;
    cursor = page.next;
  }
}

type Page = { readonly items: readonly RecordValues[]; readonly next: string | null };

async function pageOf(source: FactSource, object: ObjectDefinition, query: WorkQuery & { readonly cursor?: string }): Promise<Page> {
  const body = { ...query, ...(query.fields === undefined ? {} : { fields: `id,${query.fields}` }) };
  const at = { schema: source.index, caller: source.system, query: source.query };
  const { items, next } = parseObject(await listRecords(at, object, parseListQuery(body, 'body')));
  return { items: isList(items) ? items.filter(isRecord) : [], next: typeof next === 'string' ? next : null };
}

async function fromMirror(source: FactSource, name: string, query: WorkQuery): Promise<readonly RecordValues[]> {
  const object = source.index.foreign.get(name);
  if (!object) throw new Error(`This service knows no object ${name}: a lookup must name it first.`);
  const { id: asked, ...others } = query.filter ?? {};
  if (asked === undefined || Object.keys(others).length > 0)
    return queryMirror({ schema: source.index, caller: source.system, query: source.query }, object, query);
  const listed = isRecord(asked) ? (asked['in'] ?? asked['eq']) : asked;
  const ids = (Array.isArray(listed) ? listed : [listed]).filter((id): id is string => typeof id === 'string');
  return readMirror(source.query, { index: source.index, object }, ids);
}

/** What was asked of a source already, by the words in which it was asked. */
export type Fetched = Map<string, Promise<readonly RecordValues[]>>;

/** All facts that a hook asks for, by name. What another hook has asked in the same words is read once. */
export async function fetchFacts(
  source: FactSource,
  needs: { readonly [fact: string]: Need },
  fetched: Fetched,
): Promise<Record<string, readonly RecordValues[]>> {
  const facts: Record<string, readonly RecordValues[]> = {};
  for (const [fact, need] of Object.entries(needs)) facts[fact] = await fetchOnce(source, need, fetched);
  return facts;
}

function fetchOnce(source: FactSource, need: Need, fetched: Fetched): Promise<readonly RecordValues[]> {
  const key = JSON.stringify(need);
  const { object, ...query } = need;
  const asked = fetched.get(key) ?? queryRecords(source, object, query);
  fetched.set(key, asked);
  return asked;
}
