import type { Message, Preference } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import type { Channel } from '../rules/channels.ts';
import type { Recipient } from './recipients.ts';
import { namesOf, suppressionOf } from './suppression-of.ts';

/** How somebody is reached by a channel; `reason` says why they are not. */
export type Way = {
  readonly channel: Channel;
  readonly address: string | null;
  readonly status: 'queued' | 'delivered' | 'failed' | 'suppressed';
  readonly reason: string | null;
};

/** The way to somebody by a channel, for messages of a rule: there is none without an address, to one that is suppressed, or where they do not want it. */
export async function wayBy(work: Work, at: { readonly ruleId: string; readonly channel: Channel }, recipient: Recipient): Promise<Way> {
  const { channel } = at;
  const address = addressOf(recipient, channel);
  if (address === null) return { channel, address, status: 'failed', reason: REASONS.noAddress[recipient.language] };
  const reason = await reasonAgainst(work, { ...at, address, recipient: recipient.key, language: recipient.language });
  if (reason !== null) return { channel, address, status: 'suppressed', reason };
  // What is in the app is where it is read: there is nobody to hand it over to.
  return { channel, address, status: channel === 'inApp' ? 'delivered' : 'queued', reason: null };
}

/** Why nothing of a rule goes to somebody at an address: they do not want it, or it is suppressed. A letter of several has no rule. Null where it may. */
export async function reasonAgainst(
  work: Work,
  { ruleId, channel, recipient, address, language }: Pick<Message, 'ruleId' | 'channel' | 'recipient' | 'address' | 'language'>,
): Promise<string | null> {
  if (!channel || !address) return null;
  const names = [...(recipient ? [recipient] : []), ...namesOf(work, address)];
  if (ruleId && (await isTurnedOff(work, { ruleId, channel }, names))) return REASONS.unwanted[language ?? 'en'];
  return (await suppressionOf(work, { channel, address })) ? REASONS.suppressed[language ?? 'en'] : null;
}

/** What a message says of where it is, when it is written for a way. */
export function beginsBy(
  { channel, address, status }: Way,
  now: string,
): Pick<Message, 'channel' | 'address' | 'status' | 'nextAttemptAt' | 'sentAt'> {
  return {
    channel,
    address,
    status,
    nextAttemptAt: status === 'queued' ? now : null,
    sentAt: status === 'delivered' ? now : null,
  };
}

function addressOf({ email, phone, of }: Recipient, channel: Channel): string | null {
  if (channel === 'inApp') return of.userId === undefined ? null : `user/${of.userId}`;
  return (channel === 'email' ? email : phone) ?? null;
}

async function isTurnedOff(
  work: Work,
  at: { readonly ruleId: string; readonly channel: Channel },
  names: readonly string[],
): Promise<boolean> {
  const filter = { ...at, recipient: { in: names }, wanted: false };
  return (await work.query<Preference>('preference', { filter, fields: 'id', limit: 1 })).length > 0;
}

const REASONS = {
  noAddress: { en: 'No address for this channel is known.', de: 'Für diesen Kanal ist keine Adresse bekannt.' },
  unwanted: { en: 'The recipient does not want these messages.', de: 'Der Empfänger möchte diese Nachrichten nicht.' },
  suppressed: { en: 'The address is suppressed.', de: 'Die Adresse ist gesperrt.' },
} as const;
