import { askFor } from './client.ts';
import type { RecordValues } from './records.ts';

/** Records of one object that fit what was typed, the best first; `rank` 0 is the key or the whole title. */
export type FoundGroup = { readonly object: string; readonly items: readonly RecordValues[] };

/** What one search over everything found, and which services or objects did not answer in time. */
export type Found = { readonly groups: readonly FoundGroup[]; readonly late: readonly string[] };

export function searchAll(q: string, signal: AbortSignal): Promise<Found> {
  return askFor(`/api/search?q=${encodeURIComponent(q)}`, { signal });
}
