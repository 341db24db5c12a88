import type { Message } from '#metadata/records.gen.ts';
import type { Begin, Work } from '#platform/kernel/module.ts';
import { nextAttempt } from '../rules/attempts.ts';
import { mayLeave } from './release.ts';

/** So many at a time; what is left over waits for the next time. */
const MESSAGES_MAX = 200;

/** The messages of a channel that wait to be sent now, those that wait longest first. What is to leave with others is collected before. */
export async function waitingBy(begin: Begin, channel: NonNullable<Message['channel']>): Promise<readonly string[]> {
  const found = await begin((work) =>
    work.query<Message>('message', {
      filter: { status: 'queued', channel, waitsFor: { ne: 'digest' }, nextAttemptAt: { lte: work.now } },
      fields: 'id',
      sort: 'nextAttemptAt',
      limit: MESSAGES_MAX,
    }),
  );
  return found.map(({ id }) => id);
}

/** Notes an attempt before it is made, with the time of the next one; null where somebody else was faster, or it is not to leave now, or no more. */
export async function beginAttempt(work: Work, id: string): Promise<Message | null> {
  const message = await work.lock<Message>('message', id);
  if (message.status !== 'queued' || message.digestId || (message.nextAttemptAt ?? '') > work.now) return null;
  if (!(await mayLeave(work, message))) return null;
  const attempts = (message.attempts ?? 0) + 1;
  return work.save<Message>('message', { id, attempts, waitsFor: null, nextAttemptAt: nextAttempt(attempts, work.now) });
}
