import type { Company, Message, MessageTime, NotificationRule, User } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import { nextSlot } from '../rules/digest-slot.ts';
import { endOfQuiet, type QuietHours } from '../rules/quiet-hours.ts';
import { rhythmOf } from '../rules/rhythm.ts';

/** What a message waits for, and until when. */
export type Hold = { readonly waitsFor: NonNullable<Message['waitsFor']>; readonly nextAttemptAt: string };

/** To whom a message goes, on which way, and in whose name. */
export type Going = Pick<Message, 'channel' | 'recipient' | 'address' | 'userId' | 'senderId'>;

/**
 * Why a message that is being written does not leave now, and until when: it is for a letter with others, as its recipient wants it, else its rule; or it is in quiet
 * hours. What is urgent, and what stays in the app, never waits.
 */
export async function holdOf(work: Work, going: Going, rule: NotificationRule): Promise<Hold | null> {
  const times = await timesOf(work, going, rule);
  if (!times) return null;
  const rhythm = going.channel === 'email' ? rhythmOf(times.own, rule) : null;
  const slot = rhythm && nextSlot(work.now, rhythm, times.zone);
  const end = endOfQuiet(slot ?? work.now, times.quiet, times.zone);
  if (slot !== null) return { waitsFor: 'digest', nextAttemptAt: end ?? slot };
  return end === null ? null : { waitsFor: 'quietHours', nextAttemptAt: end };
}

/** Until when quiet hours hold back what would leave now; null where they do not. */
export async function quietUntil(work: Work, going: Going, rule: NotificationRule | null): Promise<string | null> {
  const times = await timesOf(work, going, rule);
  return times && endOfQuiet(work.now, times.quiet, times.zone);
}

type Times = { readonly own: MessageTime | null; readonly quiet: readonly QuietHours[]; readonly zone: string };

/** The times that count for a message; null for one that never waits. */
async function timesOf(work: Work, going: Going, rule: NotificationRule | null): Promise<Times | null> {
  if (going.channel === 'inApp' || rule?.urgent) return null;
  const own = await ownTimes(work, going);
  return { own, quiet: [own, rule].flatMap(quietHoursOf), zone: await zoneOf(work, going) };
}

/** What somebody has said of when messages reach them: as who they are, else by the address. */
async function ownTimes(work: Work, { recipient, address }: Going): Promise<MessageTime | null> {
  const names = [recipient, address].map((name) => name?.toLowerCase()).filter((name) => name !== undefined && name !== '');
  const found = await work.query<MessageTime>('message_time', { filter: { recipient: { in: names } }, limit: 2 });
  return found.find((times) => times.recipient === names[0]) ?? found[0] ?? null;
}

function quietHoursOf(times: Pick<MessageTime, 'quietFrom' | 'quietUntil'> | null): readonly QuietHours[] {
  return times?.quietFrom && times.quietUntil ? [{ from: times.quietFrom, until: times.quietUntil }] : [];
}

async function zoneOf(work: Work, { userId, senderId }: Going): Promise<string> {
  const user = userId ? await work.find<User>('user', userId) : null;
  if (user?.timeZone) return user.timeZone;
  const company = senderId ? await work.find<Company>('company', senderId) : null;
  return company?.timeZone ?? 'UTC';
}
