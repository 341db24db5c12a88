import { ask, askFor, trusted } from './client.ts';
import { recordsPath, type BusinessObject } from './metadata.ts';

/** A record's JSON, flat. */
export type RecordValues = { readonly [name: string]: unknown };

/** A record with the version to send back as If-Match. */
export type Loaded = { readonly record: RecordValues; readonly etag: string | null };

/** What a list is asked for, in the words of the record API. */
export type ListQuery = {
  readonly fields?: string;
  readonly expand?: string;
  readonly filter?: unknown;
  readonly q?: string;
  readonly sort?: string;
  readonly limit?: number;
  readonly cursor?: string;
  readonly offset?: number;
  readonly count?: 'none' | 'estimated' | 'exact';
  readonly deleted?: 'only';
};

export type ListPage = { readonly items: readonly RecordValues[]; readonly next: string | null; readonly count: number | null };

type At = Pick<BusinessObject, 'module' | 'collection'>;

export function queryRecords(object: At, query: ListQuery, signal?: AbortSignal): Promise<ListPage> {
  return askFor(`${recordsPath(object)}/query`, { method: 'POST', body: query, ...(signal ? { signal } : {}) });
}

export async function loadRecord(
  object: At,
  id: string,
  options: { fields?: string; expand?: string; signal?: AbortSignal } = {},
): Promise<Loaded> {
  const asked = new URLSearchParams({
    ...(options.fields ? { fields: options.fields } : {}),
    ...(options.expand ? { expand: options.expand } : {}),
  });
  const path = `${recordsPath(object)}/${id}${asked.size > 0 ? `?${asked.toString()}` : ''}`;
  const answer = await ask(path, options.signal ? { signal: options.signal } : {});
  return { record: trusted(answer.body), etag: answer.etag };
}

export function createRecord(object: At, values: RecordValues, key: string): Promise<RecordValues> {
  return askFor(recordsPath(object), { method: 'POST', body: values, headers: { 'Idempotency-Key': key } });
}

/** What a new record would be; nothing of it is kept. */
export function tryRecord(object: At, values: RecordValues, signal?: AbortSignal): Promise<RecordValues> {
  return askFor(`${recordsPath(object)}?dryRun=true`, { method: 'POST', body: values, ...(signal ? { signal } : {}) });
}

export function changeRecord(object: At, id: string, change: { values: RecordValues; etag: string | null }): Promise<RecordValues> {
  return askFor(`${recordsPath(object)}/${id}`, {
    method: 'PATCH',
    body: change.values,
    headers: change.etag === null ? {} : { 'If-Match': change.etag },
  });
}

export async function removeRecord(object: At, id: string, isPermanent = false): Promise<void> {
  await ask(`${recordsPath(object)}/${id}${isPermanent ? '?permanent=true' : ''}`, { method: 'DELETE' });
}

export async function restoreRecord(object: At, id: string): Promise<void> {
  await ask(`${recordsPath(object)}/${id}/restore`, { method: 'POST', body: {} });
}

/** A verb on a record, or on the collection (no id): `convertToOrder` → `…/actions/convert-to-order`. */
export function runCommand(
  object: At,
  id: string | null,
  command: { name: string; input: RecordValues },
): Promise<{ record: RecordValues; created?: readonly { object: string; id: string }[]; pdf?: string }> {
  const verb = command.name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return askFor(`${recordsPath(object)}${id === null ? '' : `/${id}`}/actions/${verb}`, { method: 'POST', body: command.input });
}

/** As somebody types: records by title. */
export function lookUp(object: At, q: string, signal?: AbortSignal): Promise<{ items: readonly RecordValues[] }> {
  return askFor(`${recordsPath(object)}/lookup?q=${encodeURIComponent(q)}&limit=20`, signal ? { signal } : {});
}
