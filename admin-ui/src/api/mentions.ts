import { queryOptions } from '@tanstack/react-query';
import { askFor } from './client.ts';

/** A comment that mentions who is signed in: beside which record, by whom, and whether they have seen it. */
export type Mention = {
  readonly comment: string;
  readonly object: string;
  readonly id: string;
  readonly by: string;
  readonly at: string;
  readonly isRead: boolean;
};

export type Mentions = { readonly items: readonly Mention[]; readonly unread: number };

/** Asked again every minute, and whenever somebody comes back to the page. */
export const mentionsQuery = queryOptions({
  queryKey: ['mentions'],
  queryFn: ({ signal }) => askFor<Mentions>('/api/platform/mentions', { signal }),
  refetchInterval: 60_000,
  retry: false,
});

/** Says that the mentions in one record are read, or all. */
export function readMentions(id?: string): Promise<Mentions> {
  return askFor('/api/platform/mentions/read', { method: 'POST', body: id === undefined ? {} : { id } });
}
