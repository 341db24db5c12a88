import type { Message } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import type { Handed } from '../mail/mailer.ts';
import { ATTEMPTS_MAX } from '../rules/attempts.ts';

/** Notes what became of an attempt: “sent” says that a server took it, and nothing of whether it arrived. What was tried too often has failed. */
export async function settle(work: Work, id: string, handed: Handed): Promise<void> {
  const message = await work.lock<Message>('message', id);
  if (handed.kind === 'taken')
    return void (await work.save('message', { id, status: 'sent', sentAt: work.now, nextAttemptAt: null, reason: null }));
  const isOver = handed.kind === 'refused' || (message.attempts ?? 0) >= ATTEMPTS_MAX;
  await work.save('message', { id, reason: handed.reason, ...(isOver ? { status: 'failed', nextAttemptAt: null } : {}) });
}
