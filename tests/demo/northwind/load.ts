import { asList, asObject, type Client } from '../client.ts';

const BATCH = 100;

/** A record to bring in: the key under which it is known elsewhere, and its values. */
export type Keyed = { readonly key: string; readonly values: Record<string, unknown> };

/** Where records go and which unique field holds their key. */
export type Target = { readonly path: string; readonly by: string; readonly label: string };

/**
 * Upserts records by their key in batches through the bulk API and shows progress. Running it again changes nothing:
 * a key that is there already is left as it is. Answers the id of every key.
 */
export async function load(client: Client, target: Target, records: readonly Keyed[]): Promise<ReadonlyMap<string, string>> {
  const ids = new Map(await idsByKey(client, target));
  const missing = records.filter((record) => !ids.has(record.key));
  for (let start = 0; start < missing.length; start += BATCH) {
    const batch = missing.slice(start, start + BATCH);
    const operations = batch.map(({ key, values }) => ({ op: 'upsert', by: target.by, value: key, record: values }));
    const { body } = await client.post(`${target.path}/bulk`, { atomic: true, operations });
    asList(body['results']).forEach((result, index) => ids.set(batch[index]?.key ?? '', String(asObject(result['record'])['id'])));
    progress(target.label, start + batch.length, missing.length);
  }
  process.stdout.write(`\r${target.label}: ${records.length} (${missing.length} new)${' '.repeat(20)}\n`);
  return ids;
}

async function idsByKey(client: Client, target: Target): Promise<readonly (readonly [string, string])[]> {
  const found: (readonly [string, string])[] = [];
  let cursor: string | null = null;
  do {
    const next: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await client.get(`${target.path}?fields=id,${target.by}&limit=1000&filter[${target.by}][isNull]=false${next}`);
    for (const item of asList(body['items'])) found.push([String(item[target.by]), String(item['id'])]);
    cursor = typeof body['next'] === 'string' ? body['next'] : null;
  } while (cursor);
  return found;
}

function progress(label: string, done: number, total: number): void {
  if (process.stdout.isTTY) process.stdout.write(`\r${label}: ${done} of ${total}`);
}
