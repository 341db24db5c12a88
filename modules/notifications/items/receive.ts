import type { Message, Suppression } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import { messagesIn } from './digested.ts';
import { endAndGoOn } from './go-on.ts';
import { suppressionOf } from './suppression-of.ts';

/**
 * What a provider tells of a message: that it came, was opened, a link of it was followed, is delayed and still on its way, was given up (`returned`), came back for good
 * (`bounced`), or somebody complained.
 */
export type Receipt = {
  readonly kind: 'delivered' | 'opened' | 'clicked' | 'delayed' | 'returned' | 'bounced' | 'complained';
  readonly reason: string;
};

const WAY: readonly string[] = ['queued', 'sent', 'delivered', 'opened', 'clicked'];
const ON_ITS_WAY: readonly string[] = ['queued', 'sent'];

/**
 * Takes a receipt, in whatever order and however often it comes: a message only goes forward. What came back for good or was complained of is suppressed from then on; what
 * came back goes on by another channel. A receipt of a letter is one of all that is in it.
 */
export async function receive(work: Work, id: string, receipt: Receipt): Promise<void> {
  const known = await work.get<Message>('message', id);
  if (!known) return;
  const message = await work.lock<Message>('message', id);
  const { kind } = receipt;
  if (kind === 'bounced' || kind === 'complained') await suppress(work, message, kind === 'bounced' ? 'bounced' : 'complaint');
  for (const one of [message, ...(await messagesIn(work, message))]) await take(work, one, receipt);
}

async function take(work: Work, message: Message, { kind, reason }: Receipt): Promise<void> {
  const { id } = message;
  const status = message.status ?? '';
  if (kind === 'complained') return;
  if (kind === 'bounced' || kind === 'returned') {
    if (status !== 'bounced') await endAndGoOn(work, message, { status: 'bounced', reason });
    return;
  }
  if (kind === 'delayed') {
    if (ON_ITS_WAY.includes(status)) await work.save('message', { id, reason });
    return;
  }
  if (WAY.indexOf(kind) <= WAY.indexOf(status) || !WAY.includes(status)) return;
  await work.save('message', { id, status: kind, nextAttemptAt: null, reason: null });
}

/** From now on nothing goes to the address by the message's channel, until somebody takes the suppression away. */
export async function suppress(
  work: Work,
  { channel, address }: Pick<Message, 'channel' | 'address'>,
  reason: NonNullable<Suppression['reason']>,
): Promise<void> {
  if (!address || (channel !== 'email' && channel !== 'sms') || (await suppressionOf(work, { channel, address }))) return;
  await work.save<Suppression>('suppression', { channel, address: address.toLowerCase(), reason });
}
