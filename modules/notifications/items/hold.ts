import type { Company, Message, MessageTime, NotificationRule, User } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import { endOfQuiet, type QuietHours } from '../rules/quiet-hours.ts';

/** What a message waits for, and until when. */
export type Hold = { readonly waitsFor: NonNullable<Message['waitsFor']>; readonly nextAttemptAt: string };

/** To whom a message goes, on which way, and in whose name. */
export type Going = Pick<Message, 'channel' | 'recipient' | 'address' | 'userId' | 'senderId'>;

/**
 * Why a message may not leave now, and until when: in quiet hours of its rule or of whom it is for. Asked when it is written, and again before each attempt, so that
 * what is tried again, or could not leave for other reasons, keeps to them as well. What is urgent, and what stays in the app, never waits.
 */
export async function holdOf(work: Work, going: Going, rule: NotificationRule | null): Promise<Hold | null> {
  if (going.channel === 'inApp' || rule?.urgent) return null;
  const hours = [await timesOf(work, going), rule].flatMap(quietHoursOf);
  if (hours.length === 0) return null;
  const end = endOfQuiet(work.now, hours, await zoneOf(work, going));
  return end === null ? null : { waitsFor: 'quietHours', nextAttemptAt: end };
}

/** What somebody has said of when messages reach them: as who they are, else by the address. */
async function timesOf(work: Work, { recipient, address }: Going): Promise<MessageTime | null> {
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
