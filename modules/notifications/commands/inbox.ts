import type { Message } from '#metadata/records.gen.ts';
import { defineCommand, type Work } from '#platform/kernel/module.ts';

const SHOWN_MAX = 30;
const UNREAD_MAX = 100;

type NoRecord = Record<string, never>;

/** What rules have told whoever asks in the app, the newest first, and how much of it they have not read: of nobody else's. */
export const inbox = defineCommand<NoRecord, NoRecord>({
  object: 'notification_rule',
  name: 'inbox',
  run: async (work) => ({ answer: await inboxOf(work) }),
});

/** Says that they have read one of these, or all. */
export const readInbox = defineCommand<NoRecord, { readonly message?: string | null }>({
  object: 'notification_rule',
  name: 'readInbox',
  run: async (work, _record, { message }) => {
    const unread = await unreadOf(work);
    for (const id of unread.filter((one) => !message || one === message)) await work.save('message', { id, status: 'opened' });
    return { answer: await inboxOf(work) };
  },
});

async function inboxOf(work: Work) {
  const { userId } = work.caller;
  if (userId === undefined) return { items: [], unread: 0 };
  const found = await work.query<Message>('message', {
    filter: { channel: 'inApp', userId, status: { in: ['delivered', 'opened'] } },
    fields: 'id,subject,record,status,createdAt',
    sort: '-createdAt',
    limit: SHOWN_MAX,
  });
  const items = found.map(({ id, subject, record, status, createdAt }) => ({
    id,
    subject: subject ?? '',
    record: record ? { object: record.object, id: record.id } : null,
    at: createdAt,
    isRead: status === 'opened',
  }));
  return { items, unread: (await unreadOf(work)).length };
}

async function unreadOf(work: Work): Promise<readonly string[]> {
  const { userId } = work.caller;
  if (userId === undefined) return [];
  const filter = { channel: 'inApp', userId, status: 'delivered' };
  return (await work.query<Message>('message', { filter, fields: 'id', limit: UNREAD_MAX })).map(({ id }) => id);
}
