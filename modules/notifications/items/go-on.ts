import type { Company, Customer, Message } from '#metadata/records.gen.ts';
import type { RecordValues, Work } from '#platform/kernel/module.ts';
import { messageId } from '../rules/message-id.ts';
import { recipientBy } from './recipients.ts';
import { reserveOf } from './reserve.ts';
import { beginsBy, wayBy } from './way.ts';

const REASON_MAX = 500;

/** What a message says of itself that has finally failed or come back. */
type Ended = { readonly status: 'failed' | 'bounced'; readonly reason: string };

/**
 * Ends a message that has finally failed or come back, and goes on by the next channel of its rule, once: it leads to the message that replaced it, or
 * says why none did.
 */
export async function endAndGoOn(work: Work, message: Message, { status, reason }: Ended): Promise<void> {
  const { next, hindrance } = message.replacedById ? NOTHING : await replacementOf(work, message);
  await work.save<Message>('message', {
    id: message.id,
    status,
    reason: [reason.slice(0, REASON_MAX - 100), ...(hindrance === null ? [] : [hindrance])].join(' · ').slice(0, REASON_MAX),
    nextAttemptAt: null,
    // What it had in reserve is in that message now.
    ...(next === null ? {} : { replacedById: next, reserve: null }),
  });
}

type Replacement = { readonly next: string | null; readonly hindrance: string | null };

const NOTHING: Replacement = { next: null, hindrance: null };

/** Writes the message by the next channel, with its own id for rule, event, recipient and channel. */
async function replacementOf(work: Work, message: Message): Promise<Replacement> {
  const { ruleId, event, recipient: key } = message;
  const reserve = reserveOf(message);
  if (!reserve || !ruleId || !event || !key) return NOTHING;
  const { channel, words } = reserve;
  const language = message.language ?? 'en';
  const says = (reason: string): Replacement => ({ next: null, hindrance: `${CHANNELS[channel][language]}: ${reason}` });
  if (reserve.reason !== null) return says(reserve.reason);
  const recipient = await recipientBy(work, key, await aroundOf(work, message));
  if (!recipient) return says(GONE[language]);
  const way = await wayBy(work, { ruleId, channel }, recipient);
  if (way.reason !== null) return says(way.reason);
  const id = await messageId([ruleId, event, key, channel]);
  await work.create<Message>('message', id, { ...sharedBy(message), ...recipient.of, ...words, ...beginsBy(way, work.now) });
  return { next: id, hindrance: null };
}

/** What both messages say alike. */
function sharedBy(message: Message): RecordValues {
  const { ruleId, event, recipient, recipientName, record, customerId, senderId, attachesDocument, handsOutLink } = message;
  return { ruleId, event, recipient, recipientName, record, customerId, senderId, attachesDocument, handsOutLink };
}

async function aroundOf(work: Work, { customerId, senderId }: Message) {
  return {
    record: {},
    customer: customerId ? await work.find<Customer>('customer', customerId) : null,
    company: senderId ? await work.find<Company>('company', senderId) : null,
  };
}

const CHANNELS = {
  email: { en: 'By e-mail', de: 'Per E-Mail' },
  sms: { en: 'By SMS', de: 'Per SMS' },
  inApp: { en: 'In the app', de: 'In der Anwendung' },
} as const;

const GONE = { en: 'This person is no longer here.', de: 'Diese Person gibt es hier nicht mehr.' } as const;
