import type { Message } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import type { Handed } from '../mail/mailer.ts';
import { ATTEMPTS_MAX } from '../rules/attempts.ts';
import { endAndGoOn } from './go-on.ts';

/**
 * Notes what became of an attempt: “sent” says that a server took it, and nothing of whether it arrived. What was tried too often has failed. A receipt that was
 * faster than we are stays.
 */
export async function settle(work: Work, id: string, handed: Handed): Promise<void> {
  const message = await work.lock<Message>('message', id);
  if (message.status !== 'queued') {
    if (handed.kind === 'taken') await work.save('message', { id, sentAt: work.now });
    return;
  }
  if (handed.kind === 'taken')
    return void (await work.save('message', { id, status: 'sent', sentAt: work.now, nextAttemptAt: null, reason: null }));
  const isOver = handed.kind === 'refused' || (message.attempts ?? 0) >= ATTEMPTS_MAX;
  if (isOver) return endAndGoOn(work, message, { status: 'failed', reason: handed.reason });
  await work.save('message', { id, reason: handed.reason });
}
