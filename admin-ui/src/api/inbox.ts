import { queryOptions } from '@tanstack/react-query';
import { trusted } from './client.ts';
import type { BusinessObject } from './metadata.ts';
import { runCommand } from './records.ts';

/** What a rule has told who is signed in: of which record, and whether they have read it. */
export type Notice = {
  readonly id: string;
  readonly subject: string;
  readonly record: { readonly object: string; readonly id: string } | null;
  readonly at: string;
  readonly isRead: boolean;
};

export type Inbox = { readonly items: readonly Notice[]; readonly unread: number };

/** Asked again every minute, and whenever somebody comes back to the page; who may follow messages hears sooner. */
export function inboxQuery(rules: BusinessObject) {
  return queryOptions({
    queryKey: ['inbox'],
    queryFn: async () => inboxIn(await runCommand(rules, null, { name: 'inbox', input: {} })),
    refetchInterval: 60_000,
    retry: false,
  });
}

/** Says that one of these is read, or all. */
export async function readInbox(rules: BusinessObject, message?: string): Promise<Inbox> {
  return inboxIn(await runCommand(rules, null, { name: 'readInbox', input: message === undefined ? {} : { message } }));
}

function inboxIn(answer: unknown): Inbox {
  return trusted<{ answer: Inbox }>(answer).answer;
}
