import { exact, sumOf, toScale, type Exact } from '#platform/kernel/decimal.ts';
import { addMonths, daysBetween, endOfMonth } from '#platform/kernel/dates.ts';

/** What a forecast needs to know of an opportunity; amounts in the company's currency. */
export type Deal = {
  readonly status?: string | null;
  readonly forecastCategory?: string | null;
  readonly expectedCloseOn?: string | null;
  readonly closedOn?: string | null;
  readonly companyAmount?: string | null;
  readonly weightedAmount?: string | null;
};

/** Figures of a month, decimal strings in the company's currency. */
export type Forecast = {
  /** What was won, at what it really brings. */
  readonly won: string;
  /** Open deals at their full amount, by what is said of them; best case includes what is committed, pipeline all of it. */
  readonly commit: string;
  readonly bestCase: string;
  readonly pipeline: string;
  /** What was won, and the open deals by their probability. */
  readonly forecast: string;
  readonly deals: number;
};

const DIGITS = 2;

/**
 * The month, by its first day, in which a deal counts: in which it was won, else in which it is expected, of one that is late this month. Null where it counts in none:
 * it is lost, left out, or nobody knows when it comes.
 */
export function monthOf(deal: Deal, today: string): string | null {
  if (deal.status === 'won') return deal.closedOn ? firstOf(deal.closedOn) : null;
  if (deal.status !== 'open' || deal.forecastCategory === 'omitted' || !deal.expectedCloseOn) return null;
  return firstOf(deal.expectedCloseOn < today ? today : deal.expectedCloseOn);
}

/** The first day of a day's month. */
export function firstOf(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** The first days of the months from one day's to another's. */
export function monthsBetween(from: string, until: string): readonly string[] {
  const months: string[] = [];
  for (let month = firstOf(from); month <= until; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** The figures of deals that count in one month: each once, lost ones never. */
export function forecastOf(deals: readonly Deal[]): Forecast {
  const won = deals.filter(({ status }) => status === 'won');
  const open = deals.filter(({ status, forecastCategory }) => status === 'open' && forecastCategory !== 'omitted');
  const full = (some: readonly Deal[]): string => plainSum(some.map(({ companyAmount }) => companyAmount));
  return {
    won: full(won),
    commit: full(open.filter(({ forecastCategory }) => forecastCategory === 'commit')),
    bestCase: full(open.filter(({ forecastCategory }) => forecastCategory !== 'pipeline')),
    pipeline: full(open),
    forecast: plainSum([...won.map(({ companyAmount }) => companyAmount), ...open.map(({ weightedAmount }) => weightedAmount)]),
    deals: won.length + open.length,
  };
}

/** A target that holds from one day until another, both included. */
export type Target = { readonly startsOn: string; readonly endsOn: string; readonly amount: string };

/** What of targets falls into the month that begins on a day: they are spread over their days. Null where there is none. */
export function targetIn(targets: readonly Target[], month: string): string | null {
  const parts = targets.flatMap((target): readonly Exact[] => {
    const [from, until] = [later(target.startsOn, month), earlier(target.endsOn, endOfMonth(month))];
    if (from > until) return [];
    return [
      exact(target.amount)
        .times(daysBetween(from, until) + 1)
        .div(daysBetween(target.startsOn, target.endsOn) + 1),
    ];
  });
  return parts.length === 0 ? null : toScale(sumOf(parts), DIGITS);
}

/** One amount in percent of another, a decimal string; null where there is nothing to compare with. */
export function percentOf(part: string, whole: string | null): string | null {
  if (whole === null || exact(whole).isZero()) return null;
  return toScale(exact(part).times(100).div(whole), 1);
}

function plainSum(amounts: readonly (string | null | undefined)[]): string {
  return toScale(sumOf(amounts.map((amount) => amount ?? '0')), DIGITS);
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}
