import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { askFor } from '#admin-ui/src/api/client.ts';
import { recordsPath, useObjects, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import { queryRecords, type ListQuery, type RecordValues } from '#admin-ui/src/api/records.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { groupCondition, groupedBy, type Grouping } from './groupings.ts';
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

/** A table in groups, and the records that a level of it is about: all of the list, or those of the group that it is in. */
export type Grouped = { readonly object: BusinessObject; readonly list: List; readonly query: ListQuery };

export type Groups = {
  readonly groups: readonly Group[];
  readonly isPending: boolean;
  readonly isPartial: boolean;
  readonly error: unknown;
  readonly retry: () => void;
};

/** The columns of a list that add up, those with a currency apart. */
export type SummedColumns = { readonly all: readonly Field[]; readonly money: readonly Field[]; readonly plain: readonly Field[] };

export function summedColumns(object: BusinessObject, columns: readonly Field[]): SummedColumns {
  const all = columns.filter(isSummed).slice(0, SUMS_MAX);
  const money = object.fields.some((field) => field.name === 'currency') ? all.filter((field) => field.type === 'money') : [];
  return { all, money, plain: all.filter((field) => !money.includes(field)) };
}

/** The groups of one level and their sums, counted by the server whatever the number of records. */
export function useGroups(within: Grouped, by: Grouping, { money, plain }: SummedColumns): Groups {
  const title = useTitlePath(by.field);
  const name = groupedBy(by);
  const ofGroup = [name, ...(title === undefined ? [] : [title])];
  const sort = `${isDescending(within.list, by) ? '-' : ''}${title ?? name}`;
  const found = useAggregate(within, { groupBy: ofGroup, metrics: [COUNTED, ...sumsOf(plain)], sort: [sort] });
  const currencies = useAggregate(within, money.length === 0 ? null : { groupBy: [name, 'currency'], metrics: sumsOf(money) });
  const items = found.data?.items ?? [];
  const failed = [found, currencies].find((query) => query.isError);
  return {
    groups: inOrderOf(by, items).map((item) => ({
      key: JSON.stringify(item[name]),
      value: item[name],
      title: title === undefined ? undefined : textOf(item[title]),
      count: Number(item[COUNT]),
      sums: { plain: item, byCurrency: (currencies.data?.items ?? []).filter((one) => one[name] === item[name]) },
    })),
    isPending: found.isPending,
    isPartial: items.length === GROUPS_MAX || currencies.data?.items.length === GROUPS_MAX,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  };
}

/** What all records of the list come to. */
export function useGroupTotal(within: Grouped, { money, plain }: SummedColumns): Pick<Group, 'count' | 'sums'> | undefined {
  const total = useAggregate(within, { groupBy: [], metrics: [COUNTED, ...sumsOf(plain)] });
  const totals = useAggregate(within, money.length === 0 ? null : { groupBy: ['currency'], metrics: sumsOf(money) });
  const all = total.data?.items[0];
  return all && { count: Number(all[COUNT]), sums: { plain: all, byCurrency: totals.data?.items ?? [] } };
}

/** Groups stand in the order of the list where it is by their field: the newest month first, for one. */
function isDescending(list: List, { field }: Grouping): boolean {
  return list.shown.sort.split(',').includes(`-${list.sortName(field) ?? ''}`);
}

/** No field is called so: their names have no underscore. */
const COUNT = 'count_';
const COUNTED = { fn: 'count', as: COUNT };

/** A choice in the order of its options; everything else as the server sorts it. */
function inOrderOf({ field: { name, options } }: Grouping, items: readonly RecordValues[]): readonly RecordValues[] {
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

function useAggregate({ object, list, query: { filter } }: Grouped, asked: Aggregate | null) {
  const body = { ...asked, ...(filter === undefined ? {} : { filter }) };
  return useQuery({
    queryKey: ['groups', object.name, JSON.stringify(body), list.round],
    queryFn: ({ signal }) =>
      askFor<{ items: readonly RecordValues[] }>(`${recordsPath(object)}/aggregate`, { method: 'POST', body, signal }),
    enabled: asked !== null,
    placeholderData: (before) => before,
  });
}

/** The query of the records of one group. */
export function withinGroup(query: ListQuery, by: Grouping, group: Group): ListQuery {
  return narrowed(query, groupCondition(by, group.value));
}

/** The records of a group that is open, page by page, each page by the cursor of the one before. */
export function useGroupRows({ object, list, query }: Grouped) {
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
