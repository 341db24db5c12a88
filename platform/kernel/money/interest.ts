import { exact } from '../decimal.ts';
import { toCurrency } from './currency.ts';

/** What is overdue: an amount, for how many days, at how many points a year; 365 days count as a year unless said otherwise. */
export type Overdue = {
  readonly outstanding: string;
  readonly currency: string;
  readonly annualPercent: string;
  readonly days: number;
  readonly daysOfYear?: 360 | 365;
};

/** Interest on late payment: outstanding × rate / 100 / 365 × days, HALF_UP to the currency's digits; nothing before it is due. */
export function interest({ outstanding, currency, annualPercent, days, daysOfYear = 365 }: Overdue): string {
  const amount = exact(outstanding).times(annualPercent).times(Math.max(days, 0)).div(100).div(daysOfYear);
  return toCurrency(amount, currency);
}
