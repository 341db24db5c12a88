import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { askFor } from '#admin-ui/src/api/client.ts';
import { recordsPath, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { queryRecords, type ListQuery, type RecordValues } from '#admin-ui/src/api/records.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import type { FilterNode } from './list-state.ts';
import type { List } from './use-list.ts';

const CARDS = 25;

/** A list's filter, and one more condition. */
export function narrowed(query: ListQuery, condition: FilterNode): ListQuery {
  return { ...query, filter: query.filter === undefined ? condition : { and: [query.filter, condition] } };
}

/** The cards of one column, page by page. */
export function useCards({ object, list, by, option }: { object: BusinessObject; list: List; by: Field; option: string | null }) {
  const query = narrowed(list.query, { [by.name]: option === null ? { isNull: true } : { eq: option } });
  return useInfiniteQuery({
    queryKey: ['cards', object.name, JSON.stringify(query), list.round],
    queryFn: ({ pageParam, signal }) =>
      queryRecords(object, { ...query, limit: CARDS, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
}

function firstPage(): string | null {
  return null;
}

/** What a column comes to: how many records, and their first amount by currency. */
export type Total = { readonly count: number; readonly sums: readonly RecordValues[] };

/** Totals by option; the amount is that of the first column with money. With a search there are none. */
export function useTotals({ object, list, by }: { object: BusinessObject; list: List; by: Field }): {
  readonly of: (option: string | null) => Total | undefined;
  readonly amount: Field | undefined;
} {
  const amount = list.shown.columns.find((field) => field.type === 'money' && field.system !== true);
  const currency = object.fields.some((field) => field.name === 'currency') && amount ? ['currency'] : [];
  const body = {
    groupBy: [by.name, ...currency],
    metrics: [{ fn: 'count', as: 'count' }, ...(amount ? [{ fn: 'sum', field: amount.name, as: amount.name }] : [])],
    ...(list.query.filter === undefined ? {} : { filter: list.query.filter }),
  };
  const answer = useQuery({
    queryKey: ['totals', object.name, JSON.stringify(body), list.round],
    queryFn: ({ signal }) =>
      askFor<{ items: readonly RecordValues[] }>(`${recordsPath(object)}/aggregate`, { method: 'POST', body, signal }),
    enabled: list.state.q === undefined,
    placeholderData: (before) => before,
  });
  return {
    amount,
    of: (option) => {
      if (!answer.data || list.state.q !== undefined) return undefined;
      const sums = answer.data.items.filter((item) => textOf(item[by.name]) === (option ?? ''));
      return { count: sums.reduce((total, item) => total + Number(item['count']), 0), sums };
    },
  };
}
