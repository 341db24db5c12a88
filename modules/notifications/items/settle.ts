import type { Message } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import type { Handed } from '../mail/mailer.ts';
import { ATTEMPTS_MAX } from '../rules/attempts.ts';
import { messagesIn } from './digested.ts';
import { endAndGoOn } from './go-on.ts';

/**
 * Notes what became of an attempt: “sent” says that a server took it, and nothing of whether it arrived. What was tried too often has failed. A receipt that was
 * faster than we are stays. What is in a letter with others is where that is.
 */
export async function settle(work: Work, id: string, handed: Handed): Promise<void> {
  const message = await work.lock<Message>('message', id);
  if (message.status !== 'queued') {
    if (handed.kind === 'taken') await work.save('message', { id, sentAt: work.now });
    return;
  }
  const all = [message, ...(await messagesIn(work, message)).filter(({ status }) => status === 'queued' || status === 'failed')];
  if (handed.kind === 'taken') {
    for (const one of all) await work.save('message', { id: one.id, status: 'sent', sentAt: work.now, nextAttemptAt: null, reason: null });
    return;
  }
  const isOver = handed.kind === 'refused' || (message.attempts ?? 0) >= ATTEMPTS_MAX;
  if (!isOver) return void (await work.save('message', { id, reason: handed.reason }));
  for (const one of all) if (one.status === 'queued') await endAndGoOn(work, one, { status: 'failed', reason: handed.reason });
}
