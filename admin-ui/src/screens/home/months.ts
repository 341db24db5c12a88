import { sumOfDecimals } from '#admin-ui/src/fields/exact.ts';

/** What came together on a day; the amount as an exact decimal. */
export type Day = { readonly date: string; readonly sum: string };

/** What came together in a month (`2026-11`), and its first and last day. */
export type Month = { readonly month: string; readonly sum: string; readonly from: string; readonly until: string };

const MONTHS = 12;

/** Adds days up by their months: that of `today` (`2026-11-27`) and the eleven before it, the oldest first; 0 where there is nothing. */
export function byMonth(days: readonly Day[], today: string): readonly Month[] {
  const perMonth = Map.groupBy(days, ({ date }) => date.slice(0, 7));
  const [year = 0, month = 1] = today.split('-').map(Number);
  return Array.from({ length: MONTHS }, (_, at) => {
    const from = dayOf(year, month - MONTHS + at, 1);
    const sums = (perMonth.get(from.slice(0, 7)) ?? []).map(({ sum }) => sum);
    return { month: from.slice(0, 7), sum: sumOfDecimals(sums), from, until: dayOf(year, month - MONTHS + at + 1, 0) };
  });
}

function dayOf(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}
