import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { askFor } from '#admin-ui/src/api/client.ts';
import { apiName, recordsPath, useObjects, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { queryRecords, type ListQuery, type RecordValues } from '#admin-ui/src/api/records.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { narrowed } from './use-board.ts';
import { isSummed } from './summed.ts';
import type { List } from './use-list.ts';

/** The most groups that are shown; the list says when there are more. */
export const GROUPS_MAX = 1000;
const ROWS = 50;
/** As many figures are asked for at once, beside the number of records. */
const SUMS_MAX = 15;

/** Sums of a group, or of all: of plain numbers one figure, of money one for each currency. */
export type Sums = { readonly plain: RecordValues | undefined; readonly byCurrency: readonly RecordValues[] };

/** One value of the field, and how many records have it. `title`: what the record is called that it leads to. */
export type Group = {
  readonly key: string;
  readonly value: unknown;
  readonly title: string | undefined;
  readonly count: number;
  readonly sums: Sums;
};

export type Groups = {
  readonly summed: readonly Field[];
  readonly groups: readonly Group[];
  readonly total: { readonly count: number; readonly sums: Sums } | undefined;
  readonly isPending: boolean;
  readonly isPartial: boolean;
  readonly error: unknown;
  readonly retry: () => void;
};

type Options = { readonly object: BusinessObject; readonly list: List; readonly by: Field };

/** The groups of a list and their sums, counted by the server whatever the number of records. */
export function useGroups({ object, list, by }: Options): Groups {
  const title = useTitlePath(by);
  const name = apiName(by);
  const summed = list.shown.columns.filter((field) => isSummed(field) && field.id !== by.id).slice(0, SUMS_MAX);
  const money = object.fields.some((field) => field.name === 'currency') ? summed.filter((field) => field.type === 'money') : [];
  const plain = summed.filter((field) => !money.includes(field));
  const ofGroup = [name, ...(title === undefined ? [] : [title])];
  const counted = [{ fn: 'count', as: COUNT }, ...sumsOf(plain)];
  const found = useAggregate({ object, list }, { groupBy: ofGroup, metrics: counted, sort: [title ?? name] });
  const currencies = useAggregate({ object, list }, money.length === 0 ? null : { groupBy: [name, 'currency'], metrics: sumsOf(money) });
  const total = useAggregate({ object, list }, { groupBy: [], metrics: counted });
  const totals = useAggregate({ object, list }, money.length === 0 ? null : { groupBy: ['currency'], metrics: sumsOf(money) });
  const items = found.data?.items ?? [];
  const all = total.data?.items[0];
  const failed = [found, currencies, total, totals].find((query) => query.isError);
  return {
    summed,
    groups: inOrderOf(by, items).map((item) => ({
      key: JSON.stringify(item[name]),
      value: item[name],
      title: title === undefined ? undefined : textOf(item[title]),
      count: Number(item[COUNT]),
      sums: { plain: item, byCurrency: (currencies.data?.items ?? []).filter((one) => one[name] === item[name]) },
    })),
    total: all && { count: Number(all[COUNT]), sums: { plain: all, byCurrency: totals.data?.items ?? [] } },
    isPending: found.isPending,
    isPartial: items.length === GROUPS_MAX || currencies.data?.items.length === GROUPS_MAX,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  };
}

/** No field is called so: their names have no underscore. */
const COUNT = 'count_';

/** A choice in the order of its options; everything else as the server sorts it. */
function inOrderOf({ name, options }: Field, items: readonly RecordValues[]): readonly RecordValues[] {
  if (!options) return items;
  const place = new Map(options.map((option, index) => [option.key, index]));
  const rank = (item: RecordValues): number => place.get(textOf(item[name])) ?? options.length;
  return items.toSorted((left, right) => rank(left) - rank(right));
}

function sumsOf(fields: readonly Field[]): readonly { readonly [name: string]: string }[] {
  return fields.map((field) => ({ fn: 'sum', field: field.name, as: field.name }));
}

/** What a reference is called by; undefined for other fields. */
function useTitlePath(by: Field): string | undefined {
  const objects = useObjects();
  if (by.type !== 'lookup' && by.type !== 'user') return undefined;
  const target = objects.find((one) => one.name === (by.target ?? 'user'));
  return target && `${by.name}.${target.titleField}`;
}

type Aggregate = { readonly groupBy: readonly string[]; readonly metrics: readonly unknown[]; readonly sort?: readonly string[] };

function useAggregate({ object, list }: Omit<Options, 'by'>, asked: Aggregate | null) {
  const body = { ...asked, ...(list.query.filter === undefined ? {} : { filter: list.query.filter }) };
  return useQuery({
    queryKey: ['groups', object.name, JSON.stringify(body), list.round],
    queryFn: ({ signal }) =>
      askFor<{ items: readonly RecordValues[] }>(`${recordsPath(object)}/aggregate`, { method: 'POST', body, signal }),
    enabled: asked !== null,
    placeholderData: (before) => before,
  });
}

/** The records of a group that is open, page by page, each page by the cursor of the one before. */
export function useGroupRows({ object, list, by }: Options, value: unknown) {
  const query: ListQuery = narrowed(list.query, { [apiName(by)]: value === null ? { isNull: true } : { eq: value } });
  return useInfiniteQuery({
    queryKey: ['group-rows', object.name, JSON.stringify(query), list.round],
    queryFn: ({ pageParam, signal }) =>
      queryRecords(object, { ...query, limit: ROWS, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
}

function firstPage(): string | null {
  return null;
}
