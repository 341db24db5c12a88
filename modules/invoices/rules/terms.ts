import type { PaymentTerms } from '#metadata/records.gen.ts';
import { dueDate } from '#platform/kernel/money/due-date.ts';

/** Days to pay where no terms say anything. */
const DAYS_DEFAULT = 30;

/** The day by which an invoice of that day is to be paid. */
export function dueDateOf(date: string, terms: Pick<PaymentTerms, 'basis' | 'days'> | null): string {
  if (!terms) return dueDate(date, { days: DAYS_DEFAULT });
  return dueDate(date, { days: terms.days, basis: terms.basis === 'endOfMonth' ? 'month-end' : 'date' });
}
