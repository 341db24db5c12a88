import type { FiscalYear, Period } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import { yearAround } from '../rules/period-state.ts';
import { firstMonthOf, openYear } from './years.ts';

/** Where something is posted. */
export type Day = { readonly companyId: string | null; readonly date: string };

/** Finds the period of a day; null where there is no fiscal year. */
export type PeriodOn = (day: Day) => Period | null;

/** Periods of one company at a time. */
const PERIODS_MAX = 1_000;

/**
 * The periods of some days, locked until the work ends, so that none is closed meanwhile: read them before anything else, and once. A fiscal year that is not
 * there yet opens by itself when it is this one, the one before or the one after; of any other a person says that it is meant.
 */
export async function lockPeriods(work: Work, days: readonly Day[]): Promise<PeriodOn> {
  const found = new Map<string, readonly Period[]>();
  for (const [companyId, group] of Map.groupBy(days, (day) => day.companyId))
    found.set(companyId ?? '', await periodsOf(work, companyId, [...new Set(group.map(({ date }) => date))].toSorted()));
  const wanted = days.flatMap((day) => periodOf(found, day)?.id ?? []);
  const locked = new Map<string, Period>();
  for (const id of [...new Set(wanted)].toSorted()) locked.set(id, await work.lock<Period>('period', id));
  return (day) => locked.get(periodOf(found, day)?.id ?? '') ?? null;
}

function periodOf(found: ReadonlyMap<string, readonly Period[]>, { companyId, date }: Day): Period | undefined {
  return found.get(companyId ?? '')?.find(({ from, to }) => from <= date && date <= to);
}

async function periodsOf(work: Work, companyId: string | null, dates: readonly string[]): Promise<readonly Period[]> {
  const known = await read(work, companyId, dates);
  const missing = dates.filter((date) => !known.some(({ from, to }) => from <= date && date <= to));
  const opening = await near(work, companyId, missing);
  for (const date of opening) await openYear(work, companyId, date);
  return opening.length === 0 ? known : read(work, companyId, dates);
}

function read(work: Work, companyId: string | null, dates: readonly string[]): Promise<readonly Period[]> {
  const between = { to: { gte: dates[0] }, from: { lte: dates.at(-1) } };
  return work.query<Period>('period', { filter: { ...ofCompany(companyId), ...between }, sort: 'from', limit: PERIODS_MAX });
}

/** One day of each fiscal year that opens by itself. */
async function near(work: Work, companyId: string | null, dates: readonly string[]): Promise<readonly string[]> {
  if (dates.length === 0) return [];
  const firstMonth = await firstMonthOf(work, companyId);
  const { year: now } = yearAround(work.today(companyId ?? undefined), firstMonth);
  const years = new Map(dates.map((date) => [yearAround(date, firstMonth).year, date]));
  return [...years].filter(([year]) => Math.abs(year - now) <= 1).map(([, date]) => date);
}

/** The filter for records of a company, or of none. */
export function ofCompany(companyId: string | null): { readonly companyId: unknown } {
  return { companyId: companyId === null ? { isNull: true } : companyId };
}

/** The calendar year in which the fiscal year of a period begins: its entries' numbers tell it. */
export async function numberYears(work: Work, periods: readonly Period[]): Promise<ReadonlyMap<string, number>> {
  const ids = [...new Set(periods.map(({ fiscalYearId }) => fiscalYearId))];
  const years = ids.length === 0 ? [] : await work.query<FiscalYear>('fiscal_year', { filter: { id: { in: ids } }, limit: PERIODS_MAX });
  return new Map(years.map(({ id, from }) => [id, Number(from.slice(0, 4))]));
}
