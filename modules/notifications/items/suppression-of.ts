import type { Message, Suppression } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';

/** What keeps messages from the address of this one; null where nothing does, and for what is told in the app. */
export async function suppressionOf(work: Work, { channel, address }: Pick<Message, 'channel' | 'address'>): Promise<Suppression | null> {
  if (!address || (channel !== 'email' && channel !== 'sms')) return null;
  const [found] = await work.query<Suppression>('suppression', { filter: { channel, address: address.toLowerCase() }, limit: 1 });
  return found ?? null;
}
