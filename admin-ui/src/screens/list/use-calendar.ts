import { useQuery } from '@tanstack/react-query';
import { dayIn, relativeDay } from '#platform/kernel/relative-date.ts';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { queryRecords, type RecordValues } from '#admin-ui/src/api/records.ts';
import { useCircumstances } from '#admin-ui/src/fields/field-rules.ts';
import { textOf } from '#admin-ui/src/fields/input-frame.ts';
import { dayAfter, weeksOf } from './month.ts';
import { narrowed } from './use-board.ts';
import type { List } from './use-list.ts';

/** More are not drawn; the list says so. */
const DRAWN_MAX = 1000;

/** A month's records by day. Instants stand on the day that they are in the reader's zone. */
export type Calendar = {
  readonly month: string;
  readonly today: string;
  readonly weeks: readonly (readonly string[])[];
  readonly on: (day: string) => readonly RecordValues[];
  readonly dayOf: (record: RecordValues) => string;
  readonly isPartial: boolean;
  readonly error: unknown;
  readonly retry: () => void;
};

export function useCalendar({ object, list, by }: { object: BusinessObject; list: List; by: Field }): Calendar {
  const { timeZone: zone } = useCircumstances();
  const today = relativeDay('today', zone) ?? '';
  const month = list.state.month ?? today.slice(0, 7);
  const weeks = weeksOf(month);
  const [first, last] = [weeks[0]?.[0] ?? '', dayAfter(weeks.at(-1)?.at(-1) ?? today)];
  const query = {
    ...narrowed(list.query, { and: [{ [by.name]: { gte: first } }, { [by.name]: { lt: last } }] }),
    sort: by.name,
    limit: DRAWN_MAX,
  };
  const answer = useQuery({
    queryKey: ['calendar', object.name, JSON.stringify(query), list.round],
    queryFn: ({ signal }) => queryRecords(object, query, signal),
    placeholderData: (before) => before,
  });
  const byDay = Map.groupBy(answer.data?.items ?? [], (record) => dayOf(textOf(record[by.name]), by, zone));
  return {
    month,
    today,
    weeks,
    on: (day) => byDay.get(day) ?? [],
    dayOf: (record) => dayOf(textOf(record[by.name]), by, zone),
    isPartial: answer.data?.next !== null && answer.data !== undefined,
    error: answer.error,
    retry: () => void answer.refetch(),
  };
}

function dayOf(value: string, by: Field, timeZone: string): string {
  if (by.type === 'date') return value;
  return dayIn(timeZone, new Date(value));
}
