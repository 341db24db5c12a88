import type { Message } from '#metadata/records.gen.ts';
import type { Begin, Work } from '#platform/kernel/module.ts';
import { fitting } from '../rules/digest.ts';
import { mayLeave } from './release.ts';
import { writeLetter } from './write-letter.ts';

/** So many messages at a time; what is left over waits for the next time. */
const MESSAGES_MAX = 1000;

/**
 * Makes letters of the messages whose time has come to leave with others: one for each recipient, which is a message like any other and is sent, tried again and kept
 * as such. Each message leads to the letter it is in; one that is alone leaves as it is.
 */
export async function collectDigests(begin: Begin): Promise<void> {
  const waiting = await begin((work) =>
    work.query<Message>('message', {
      filter: { status: 'queued', waitsFor: 'digest', nextAttemptAt: { lte: work.now } },
      fields: 'id,channel,recipient,address,senderId,language',
      sort: 'nextAttemptAt,createdAt',
      limit: MESSAGES_MAX,
    }),
  );
  for (const ids of together(waiting)) await begin((work) => collect(work, ids));
}

/** Of whom a letter is, for whom, where and in which language: messages that are alike in this leave together. */
function together(messages: readonly Message[]): Iterable<readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { id, channel, recipient, address, senderId, language } of messages) {
    const key = JSON.stringify([channel, recipient, address, senderId, language]);
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return groups.values();
}

async function collect(work: Work, ids: readonly string[]): Promise<void> {
  const messages: Message[] = [];
  for (const id of ids) {
    const message = await work.lock<Message>('message', id);
    const isDue = message.status === 'queued' && message.waitsFor === 'digest' && (message.nextAttemptAt ?? '') <= work.now;
    if (isDue && (await mayLeave(work, message))) messages.push(message);
  }
  const [first, ...others] = fitting(messages);
  if (!first) return;
  if (others.length === 0) return void (await work.save<Message>('message', { id: first.id, waitsFor: null }));
  const digest = await write(work, [first, ...others]);
  for (const { id } of [first, ...others])
    await work.save<Message>('message', { id, digestId: digest.id, waitsFor: null, nextAttemptAt: null });
}

async function write(work: Work, messages: readonly [Message, ...Message[]]): Promise<Message> {
  const [{ recipient, recipientName, channel, address, customerId, contactId, userId, senderId }] = messages;
  const words = await writeLetter(work, messages);
  const to = { recipient, recipientName, channel, address, customerId, contactId, userId, senderId };
  return work.save<Message>('message', { ...to, ...words, status: 'queued', nextAttemptAt: work.now });
}
