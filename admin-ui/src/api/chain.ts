import { askFor } from './client.ts';
import type { BusinessObject } from './metadata.ts';

/** What was found along a chain of records, from one place on. */
export type ChainVerdict = {
  readonly length: number;
  readonly verified: number;
  readonly next: number | null;
  readonly fault: {
    readonly reason: 'altered' | 'unlinked' | 'missing' | 'cutOff' | 'unchained';
    readonly position: number | null;
    readonly id: string | null;
    readonly title: string | null;
  } | null;
};

/** Goes along the chain of an object's records, telling how far it is, up to its end or the first fault. */
export async function verifyChain(object: BusinessObject, onProgress: (verdict: ChainVerdict) => void): Promise<ChainVerdict> {
  for (let after = 0; ;) {
    const verdict = await askFor<ChainVerdict>(`/api/${object.module}/chains/${object.name}?after=${after}`);
    onProgress(verdict);
    if (verdict.next === null) return verdict;
    after = verdict.next;
  }
}
