import type { Message, Suppression } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';

/** By what something is kept that somebody has said of an address: as it is written, or, when they were erased since, as its mark. */
export function namesOf(work: Work, address: string): readonly string[] {
  return [address.toLowerCase(), work.markOf(address)];
}

/** What keeps messages from the address of this one; null where nothing does, and for what is told in the app. */
export async function suppressionOf(work: Work, { channel, address }: Pick<Message, 'channel' | 'address'>): Promise<Suppression | null> {
  if (!address || (channel !== 'email' && channel !== 'sms')) return null;
  const [found] = await work.query<Suppression>('suppression', { filter: { channel, address: { in: namesOf(work, address) } }, limit: 1 });
  return found ?? null;
}
