import { addDays, addMonths, endOfMonth, nextDayOfMonth } from '../dates.ts';

/** From what a due date is counted: the document's date, the end of its month, or the end of the month that the count leads to. */
export type DueBasis = 'date' | 'month-end' | 'then-month-end';

/** When something is due: months and days from a basis, then, if said, the next such day of a month (`dayOfMonth` 31 is its last). */
export type DueRule = {
  readonly basis?: DueBasis | null;
  readonly months?: number | null;
  readonly days?: number | null;
  readonly dayOfMonth?: number | null;
};

/**
 * The day on which something is due (BT-9), never before `date`.
 * "30 days": `{days: 30}`; "30 days after the end of the month": `{basis: 'month-end', days: 30}`; "end of next month":
 * `{months: 1, basis: 'then-month-end'}`; "30 days, end of month, on the 10th": `{days: 30, basis: 'then-month-end', dayOfMonth: 10}`.
 */
export function dueDate(date: string, { basis, months, days, dayOfMonth }: DueRule): string {
  const start = basis === 'month-end' ? endOfMonth(date) : date;
  const inMonths = months ? addMonths(start, months) : start;
  const counted = addDays(basis === 'month-end' && months ? endOfMonth(inMonths) : inMonths, days ?? 0);
  const ended = basis === 'then-month-end' ? endOfMonth(counted) : counted;
  const due = dayOfMonth ? nextDayOfMonth(ended, dayOfMonth) : ended;
  return due < date ? date : due;
}
