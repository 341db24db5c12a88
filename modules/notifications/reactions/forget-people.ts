import type { Message, MessageTime, Preference, Suppression } from '#metadata/records.gen.ts';
import { peopleErased } from '#modules/customers/events.ts';
import { onEvent, type RecordValues, type Work } from '#platform/kernel/module.ts';

const PAGE = 500;

/** Who is to be forgotten: the records that they were, and the marks of their addresses. */
type Forgotten = {
  readonly customerId: string;
  readonly people: ReadonlySet<string>;
  readonly marks: ReadonlySet<string>;
};

/**
 * Forgets with other services who people were: their times go, and what never left them. What they do not want, and addresses that are suppressed, count on without
 * naming anybody. Letters that have left are kept, as long as business letters are.
 */
export const forgetPeople = onEvent(peopleErased, 'forgetPeople', async (work, { customerId, people, marks }) => {
  const forgotten = { customerId, people: new Set(people), marks: new Set(marks) };
  for (const { id } of await named<MessageTime>(work, 'message_time', forgotten)) await work.erase('message_time', id, []);
  for (const one of await named<Preference>(work, 'preference', forgotten)) await forgetPreference(work, one);
  for (const one of await found<Suppression>(work, 'suppression', {}, ({ address }) => marks.includes(work.markOf(address))))
    await forgetSuppression(work, one);
  await forgetMessages(work, forgotten);
});

async function forgetPreference(work: Work, { id, recipient, wanted, ruleId, channel }: Preference): Promise<void> {
  // That of a record names nobody any more.
  const isOfRecord = /^(customer|contact)\//.test(recipient);
  if (wanted) await work.erase('preference', id, []);
  else if (!isOfRecord)
    await keepUnnamed(work, 'preference', { id, name: { recipient: work.markOf(recipient) }, beside: { ruleId, channel } });
}

async function forgetSuppression(work: Work, { id, address, channel }: Suppression): Promise<void> {
  await keepUnnamed(work, 'suppression', { id, name: { address: work.markOf(address) }, beside: { channel } });
}

type Unnamed = { readonly id: string; readonly name: RecordValues; readonly beside: RecordValues };

/** Leaves a mark where the address was; what is there under that mark already is enough. */
async function keepUnnamed(work: Work, object: 'preference' | 'suppression', { id, name, beside }: Unnamed): Promise<void> {
  const [same] = await work.query<{ readonly id: string }>(object, { filter: { ...name, ...beside }, fields: 'id', limit: 1 });
  if (same?.id === id) return;
  const also = object === 'suppression' ? ['notes'] : [];
  await work.erase(object, id, also, same ? {} : name);
}

/** What was never handed over: it does not leave any more. */
async function forgetMessages(work: Work, { customerId, people, marks }: Forgotten): Promise<void> {
  const contacts = [...people].flatMap((one) => (one.startsWith('contact/') ? [one.slice('contact/'.length)] : []));
  const of = [{ customerId }, ...(contacts.length > 0 ? [{ contactId: { in: contacts } }] : [])];
  const filter = { or: of, status: { in: ['queued', 'failed', 'suppressed'] }, sentAt: { isNull: true } };
  const isTheirs = ({ recipient, address }: Message): boolean => people.has(recipient ?? '') || marks.has(work.markOf(address ?? ''));
  for (const { id, status } of await found<Message>(work, 'message', filter, isTheirs)) {
    if (status === 'queued') await work.save<Message>('message', { id, status: 'suppressed', waitsFor: null, nextAttemptAt: null });
    await work.erase('message', id, ['reason']);
  }
}

function named<R extends { readonly id: string; readonly recipient: string }>(
  work: Work,
  object: string,
  { people, marks }: Forgotten,
): Promise<readonly R[]> {
  return found<R>(work, object, {}, ({ recipient }) => people.has(recipient) || marks.has(work.markOf(recipient)));
}

/** Read through: what is kept under an address is not kept under its mark too. */
async function found<R extends RecordValues>(
  work: Work,
  object: string,
  filter: NonNullable<Parameters<Work['query']>[1]['filter']>,
  isTheirs: (record: R) => boolean,
): Promise<readonly R[]> {
  const theirs: R[] = [];
  for await (const page of work.pages<R>(object, { filter, limit: PAGE })) theirs.push(...page.filter(isTheirs));
  return theirs;
}
