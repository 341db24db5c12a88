import type { Message, NotificationRule } from '#metadata/records.gen.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { RecordValues, Work } from '#platform/kernel/module.ts';
import { channelsOf, type Channel } from '../rules/channels.ts';
import { messageId } from '../rules/message-id.ts';
import { EVENT_ALONE } from '../rules/subjects.ts';
import { valuesFor } from './around.ts';
import { holdOf } from './hold.ts';
import type { Around, Recipient } from './recipients.ts';
import { reserveFor } from './reserve.ts';
import { beginsBy, wayBy, type Way } from './way.ts';
import { writeWords, type Words } from './write-words.ts';

/** What is to be told: by which rule, of what, and where people find the record. */
export type Telling = {
  readonly rule: NotificationRule;
  readonly event: string;
  readonly around: Around;
  readonly link: string;
  readonly said: RecordValues | null;
};

/**
 * Writes the message for one recipient, once for rule and event: it waits to be sent, or says why it is not. It goes by the rule's first channel that
 * reaches them, with the words of the next one in reserve; what cannot be written or delivered is kept all the same, where people see it.
 */
export async function queueMessage(work: Work, telling: Telling, recipient: Recipient): Promise<void> {
  const { rule, event, around } = telling;
  const id = await messageId([rule.id, event, recipient.key]);
  const values = valuesFor(around, { recipient: recipient.name, link: telling.link, said: telling.said });
  const { way, words } = await draftOf(work, { rule, recipient, values });
  const going = {
    ...recipient.of,
    channel: way.channel,
    address: way.address,
    recipient: recipient.key,
    senderId: around.company?.id ?? null,
  };
  await work.create<Message>('message', id, {
    ruleId: rule.id,
    event,
    recipient: recipient.key,
    recipientName: recipient.name,
    record: rule.about === EVENT_ALONE ? null : { object: rule.about, id: plainText(around.record['id']) },
    customerId: around.customer?.id ?? null,
    senderId: around.company?.id ?? null,
    attachesDocument: rule.attachesDocument ?? false,
    handsOutLink: rule.handsOutLink ?? false,
    ...recipient.of,
    ...words,
    ...beginsBy(way, work.now),
    reason: way.reason,
    reserve: way.status === 'queued' ? await reserveFor(work, { rule, channel: way.channel, language: recipient.language }, values) : null,
    ...(way.status === 'queued' ? await holdOf(work, going, rule) : {}),
  });
}

type Draft = { readonly rule: NotificationRule; readonly recipient: Recipient; readonly values: RecordValues };
type Drafted = { readonly way: Way; readonly words: Words };

/** By the first channel of the rule on which they are reached, want to be, and that has words; else by the one that says best why not. */
async function draftOf(work: Work, draft: Draft): Promise<Drafted> {
  const drafts: Drafted[] = [];
  for (const channel of channelsOf(draft.rule)) {
    const drafted = await draftBy(work, draft, channel);
    if (drafted.way.reason === null) return drafted;
    drafts.push(drafted);
  }
  const best = drafts.find(({ way }) => way.status === 'suppressed') ?? drafts[0];
  if (!best) throw new Error('A rule has a channel.');
  return best;
}

async function draftBy(work: Work, { rule, recipient, values }: Draft, channel: Channel): Promise<Drafted> {
  const way = await wayBy(work, { ruleId: rule.id, channel }, recipient);
  const { words, reason } = await writeWords(work, { rule, channel, language: recipient.language }, values);
  return { words, way: reason === null ? way : { ...way, status: 'failed', reason } };
}
