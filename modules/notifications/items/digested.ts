import type { Message } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Work } from '#platform/kernel/module.ts';

const MESSAGES_MAX = 200;

/** The messages that leave in a letter, locked; none for one that a rule wrote, which is no letter of several. */
export async function messagesIn(work: Work, { id: digestId, ruleId }: Message): Promise<readonly Message[]> {
  if (ruleId) return [];
  const filter = { digestId, status: { ne: 'suppressed' } };
  const found = await work.query<Message>('message', { filter, fields: 'id', sort: 'id', limit: MESSAGES_MAX });
  const messages: Message[] = [];
  for (const { id } of found) messages.push(await work.lock<Message>('message', id));
  return messages;
}

/** What is in a letter with others is not sent, or kept from it, by itself: it is in there already. */
export function refuseDigested({ digestId }: Message): void {
  if (!digestId) return;
  throw new Refusal('wrong_state', {
    en: 'This message is in a letter with others, to which “Sent in” leads: do this there.',
    de: 'Diese Nachricht steht mit anderen in einem Brief, zu dem „Gesendet in“ führt: Bitte dort.',
  });
}
