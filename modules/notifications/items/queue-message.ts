import type { Message, NotificationRule, Preference, Suppression, Template } from '#metadata/records.gen.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { RecordValues, Work } from '#platform/kernel/module.ts';
import { messageId } from '../rules/message-id.ts';
import { TemplateProblem } from '../rules/template/problem.ts';
import { toldBy } from '../rules/told.ts';
import { valuesFor } from './around.ts';
import type { Around, Recipient } from './recipients.ts';

type Channel = NotificationRule['channel'];

/** What is to be told: by which rule, of what, and where people find the record. */
export type Telling = { readonly rule: NotificationRule; readonly event: string; readonly around: Around; readonly link: string };

/**
 * Writes the message for one recipient, once for rule and event: it waits to be sent, or says why it is not. It goes by the rule's first channel that
 * reaches them; what cannot be written or delivered is kept all the same, where people see it.
 */
export async function queueMessage(work: Work, telling: Telling, recipient: Recipient): Promise<void> {
  const { rule, event, around } = telling;
  const id = await messageId({ ruleId: rule.id, event, recipient: recipient.key });
  const way = await wayTo(work, rule, recipient);
  const values = valuesFor(around, { recipient: recipient.name, link: telling.link });
  const written = await writtenBy(work, { rule, channel: way.channel, language: recipient.language }, values);
  const reason = written.reason ?? way.reason;
  await work.create<Message>('message', id, {
    ruleId: rule.id,
    event,
    recipient: recipient.key,
    recipientName: recipient.name,
    channel: way.channel,
    address: way.address,
    record: { object: rule.about, id: plainText(around.record['id']) },
    customerId: around.customer?.id ?? null,
    senderId: around.company?.id ?? null,
    attachesDocument: rule.attachesDocument ?? false,
    handsOutLink: rule.handsOutLink ?? false,
    ...recipient.of,
    ...written.values,
    reason,
    status: written.reason ? 'failed' : way.status,
    nextAttemptAt: !written.reason && way.status === 'queued' ? work.now : null,
    ...(way.status === 'delivered' && !written.reason ? { sentAt: work.now } : {}),
  });
}

type Way = {
  readonly channel: Channel;
  readonly address: string | null;
  readonly status: NonNullable<Message['status']>;
  readonly reason: string | null;
};

/** The first channel of the rule on which they are reached and want to be; else the first one, with the reason why not. */
async function wayTo(work: Work, rule: NotificationRule, recipient: Recipient): Promise<Way> {
  const channels = [rule.channel, ...(rule.fallback && rule.fallback !== rule.channel ? [rule.fallback] : [])];
  const ways: Way[] = [];
  for (const channel of channels) {
    const way = await wayBy(work, { rule, channel }, recipient);
    if (way.reason === null) return way;
    ways.push(way);
  }
  return (
    ways.find(({ status }) => status === 'suppressed') ??
    ways[0] ?? { channel: rule.channel, address: null, status: 'failed', reason: null }
  );
}

async function wayBy(work: Work, at: { rule: NotificationRule; channel: Channel }, recipient: Recipient): Promise<Way> {
  const { channel } = at;
  const address = addressOf(recipient, channel);
  if (address === null) return { channel, address, status: 'failed', reason: REASONS.noAddress[recipient.language] };
  const isUnwanted = await isTurnedOff(work, at, [recipient.key, address.toLowerCase()]);
  if (isUnwanted) return { channel, address, status: 'suppressed', reason: REASONS.unwanted[recipient.language] };
  const filter = { channel, address: address.toLowerCase() };
  const [suppressed] = channel === 'inApp' ? [] : await work.query<Suppression>('suppression', { filter, limit: 1 });
  if (suppressed) return { channel, address, status: 'suppressed', reason: REASONS.suppressed[recipient.language] };
  // What is in the app is where it is read: there is nobody to hand it over to.
  return { channel, address, status: channel === 'inApp' ? 'delivered' : 'queued', reason: null };
}

function addressOf({ email, phone, of }: Recipient, channel: Channel): string | null {
  if (channel === 'inApp') return of.userId === undefined ? null : `user/${of.userId}`;
  return (channel === 'email' ? email : phone) ?? null;
}

async function isTurnedOff(
  work: Work,
  { rule, channel }: { rule: NotificationRule; channel: Channel },
  names: readonly string[],
): Promise<boolean> {
  const filter = { ruleId: rule.id, channel, recipient: { in: names }, wanted: false };
  return (await work.query<Preference>('preference', { filter, fields: 'id', limit: 1 })).length > 0;
}

type Wanted = { readonly rule: NotificationRule; readonly channel: Channel; readonly language: 'en' | 'de' };

/** The message's words by the template of its channel, in the recipient's language where there is one. */
async function writtenBy(
  work: Work,
  { rule, channel, language }: Wanted,
  values: RecordValues,
): Promise<{ readonly values: RecordValues; readonly reason: string | null }> {
  const filter = { name: rule.template, about: rule.about, channel, active: true };
  const templates = await work.query<Template>('template', { filter, limit: 10 });
  const template = templates.find((one) => one.language === language) ?? templates[0];
  const blank = { subject: rule.name, language };
  if (!template) return { values: blank, reason: REASONS.noTemplate[language] };
  try {
    const told = toldBy(template, values);
    return { values: { ...told, language: template.language, templateId: template.id, templateVersion: template.version }, reason: null };
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    return { values: { ...blank, templateId: template.id, templateVersion: template.version }, reason: error.sentence[language] };
  }
}

const REASONS = {
  noAddress: { en: 'No address for this channel is known.', de: 'Für diesen Kanal ist keine Adresse bekannt.' },
  unwanted: { en: 'The recipient does not want these messages.', de: 'Der Empfänger möchte diese Nachrichten nicht.' },
  suppressed: { en: 'The address is suppressed.', de: 'Die Adresse ist gesperrt.' },
  noTemplate: { en: 'There is no active template for this channel.', de: 'Für diesen Kanal gibt es keine aktive Vorlage.' },
} as const;
