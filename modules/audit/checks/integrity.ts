import type { ChainPlace, ChainProblem } from '#platform/kernel/event-store.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import type { LongJobContext } from '#platform/kernel/long-job.ts';
import { anchorText, sealOf } from '../rules/seal.ts';
import type { Check, Finding } from './check.ts';

const BEGINNING: ChainPlace = { position: '0', hash: '', previous: '' };

/** Where the chain was said to be, as the core has kept it. */
type Anchor = { readonly position: string; readonly hash: string; readonly seal: string };

/**
 * Follows the chain from its first event to the end, and holds it against its anchors. It ends at the first event that is not as it was stored: all behind it stands on it.
 */
export const checkIntegrity =
  (sealingKey: Uint8Array<ArrayBuffer>): Check =>
  async (job) => {
    const end = await job.begin((work) => work.eventStore.end());
    const followed = await followToEnd(job, end);
    const problem = followed.problem ?? (await anchorProblem(job, sealingKey));
    const finding: readonly Finding[] = problem ? [{ what: problem.kind, detail: problem.position, position: problem.position }] : [];
    const { position, hash } = followed.last;
    const values = { upTo: position, hash, ...(problem ? { position: problem.position } : {}) };
    return { checked: Number(position), findings: finding, values };
  };

type End = ChainPlace & { readonly highest: string };

async function followToEnd(job: LongJobContext, end: End): Promise<{ last: ChainPlace; problem: ChainProblem | null }> {
  let at = placeOf(job.checkpoint) ?? BEGINNING;
  let problem: ChainProblem | null = null;
  while (!problem && BigInt(at.position) < BigInt(end.position)) {
    await job.step(async (work) => {
      const found = await work.eventStore.check(at, end.position);
      [at, problem] = [found.last, found.problem];
      return { done: Number(at.position), total: Number(end.position), checkpoint: { ...at } };
    });
  }
  return { last: at, problem: problem ? ofTheEnd(problem, end) : beyondTheEnd(at, end) };
}

/** What is missing is the end when nothing comes behind it. */
function ofTheEnd(problem: ChainProblem, { highest }: End): ChainProblem {
  const isEnd = problem.kind === 'removed' && BigInt(problem.position) > BigInt(highest);
  return isEnd ? { ...problem, kind: 'cutOff' } : problem;
}

/** Whether there is more than was ever stored, or the last is another than it was. */
function beyondTheEnd(last: ChainPlace, end: End): ChainProblem | null {
  if (BigInt(end.highest) > BigInt(end.position)) return { kind: 'inserted', position: String(BigInt(end.position) + 1n) };
  return last.hash === end.hash ? null : { kind: 'changed', position: end.position };
}

type AnchorProblem = { readonly kind: 'anchorBroken' | 'cutOff'; readonly position: string };

/** What the anchors say that the chain does not. One without its seal is nobody's word: somebody has put it there. */
async function anchorProblem(job: LongJobContext, sealingKey: Uint8Array<ArrayBuffer>): Promise<AnchorProblem | null> {
  let after = '0';
  for (;;) {
    const anchors = await anchorsAfter(job, after);
    const { end, hashes } = await job.begin(async (work) => ({
      hashes: await work.eventStore.hashesAt(anchors.map(({ position }) => position)),
      end: await work.eventStore.end(),
    }));
    for (const anchor of anchors) {
      const { position, hash, seal } = anchor;
      if (seal !== (await sealOf(sealingKey, anchorText(anchor)))) return { kind: 'anchorBroken', position };
      if (BigInt(position) > BigInt(end.position)) return { kind: 'cutOff', position: String(BigInt(end.position) + 1n) };
      if (hashes.get(position) !== hash) return { kind: 'anchorBroken', position };
      after = position;
    }
    if (anchors.length === 0) return null;
  }
}

async function anchorsAfter(job: LongJobContext, after: string): Promise<readonly Anchor[]> {
  const answer: unknown = await job.ask('platform', `/internal/anchors?after=${after}`);
  const items = isRecord(answer) && isList(answer['items']) ? answer['items'].filter(isRecord) : [];
  return items.map(({ position, hash, seal }) => ({ position: plainText(position), hash: plainText(hash), seal: plainText(seal) }));
}

function placeOf(checkpoint: unknown): ChainPlace | null {
  if (!isRecord(checkpoint)) return null;
  const { position, hash, previous } = checkpoint;
  return { position: plainText(position), hash: plainText(hash), previous: plainText(previous) };
}
