import { isUuid } from '#platform/kernel/uuid.ts';
import type { Query } from '../save/load.ts';

/** A record that was merged, the one that stands for it now, and their object. */
export type Merged = { readonly object: string; readonly from: string; readonly into: string };

/** Of some ids those of merged records, each with the one that stands for it. Nothing is known of all others. */
export async function survivorsOf(query: Query, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const possible = ids.filter(isUuid);
  if (possible.length === 0) return new Map();
  const rows = await query({ text: 'select id, into_id from platform.alias where id = any($1::uuid[])', values: [possible] });
  return new Map(rows.map(([id, into]) => [id ?? '', into ?? '']));
}

/** The record that stands for a merged one; null for any other. */
export async function survivorOf(query: Query, id: string): Promise<string | null> {
  return (await survivorsOf(query, [id])).get(id.toLowerCase()) ?? null;
}

/** Remembers that a record was merged. Whoever leads to it leads to the other from now on, over several merges too; said twice it is the same. */
export async function rememberMerged(query: Query, { object, from, into }: Merged): Promise<void> {
  await query({
    text: `insert into platform.alias (id, object, into_id)
      values ($1, $2, coalesce((select into_id from platform.alias where id = $3), $3)) on conflict (id) do nothing`,
    values: [from, object, into],
  });
  await query({
    text: 'update platform.alias as led set into_id = merged.into_id from platform.alias merged where merged.id = $1 and led.into_id = $1',
    values: [from],
  });
}
