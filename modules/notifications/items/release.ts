import type { Message, NotificationRule } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import { quietUntil } from './hold.ts';
import { reasonAgainst } from './way.ts';

/**
 * Whether a message may leave now that its time has come. If not, it says until when it waits; or that it does not leave at all, where its recipient has said since that
 * they do not want it, or its address was suppressed.
 */
export async function mayLeave(work: Work, message: Message): Promise<boolean> {
  const { id, ruleId, waitsFor } = message;
  const reason = await reasonAgainst(work, message);
  if (reason !== null) {
    await work.save<Message>('message', { id, status: 'suppressed', reason, waitsFor: null, nextAttemptAt: null });
    return false;
  }
  const until = await quietUntil(work, message, ruleId ? await work.get<NotificationRule>('notification_rule', ruleId) : null);
  if (until === null) return true;
  await work.save<Message>('message', { id, waitsFor: waitsFor ?? 'quietHours', nextAttemptAt: until });
  return false;
}
