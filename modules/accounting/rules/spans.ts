/** A period as far as days go. */
export type PeriodDays = { readonly id: string; readonly from: string; readonly to: string };

/** Days from one to another; `from` of null is the beginning of the books. */
export type Days = { readonly from: string | null; readonly to: string };

/** The periods that lie in some days, as the days on which the first and the last begin; and those that the days cut. */
export type Covered = { readonly whole: { readonly first: string; readonly last: string } | null; readonly cut: readonly PeriodDays[] };

/** What of the periods, in their order, is in these days: whole ones have their balances, of the others the lines are added up. */
export function covered(periods: readonly PeriodDays[], { from, to }: Days): Covered {
  const touched = periods.filter((period) => period.from <= to && (from === null || period.to >= from));
  const whole = touched.filter((period) => period.to <= to && (from === null || period.from >= from));
  const [first, last] = [whole.at(0), whole.at(-1)];
  return {
    whole: first && last ? { first: first.from, last: last.from } : null,
    cut: touched.filter((period) => !whole.includes(period)),
  };
}

/** The first day of the fiscal year that a day is in; `firstMonth` is that in which years begin. */
export function yearStart(day: string, firstMonth: number): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  return `${month < firstMonth ? year - 1 : year}-${String(firstMonth).padStart(2, '0')}-01`;
}
