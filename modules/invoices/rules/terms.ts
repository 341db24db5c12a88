import type { PaymentTerms, PaymentTermsInstalment } from '#metadata/records.gen.ts';
import { sumOf } from '#platform/kernel/decimal.ts';
import { faultAt, invalidValues } from '#platform/kernel/errors.ts';
import type { DueRule } from '#platform/kernel/money/due-date.ts';
import type { Term } from '#platform/kernel/money/instalments.ts';

/** Days to pay where no terms say anything. */
const DAYS_DEFAULT = 30;

/** What payment terms say of when how much is to be paid: their instalments, else all of it in one. */
export function termsOf(terms: PaymentTerms | null | undefined): readonly Term[] {
  if (!terms) return [{ percent: '100', due: { days: DAYS_DEFAULT } }];
  const rows = terms.instalments ?? [];
  return rows.length > 0 ? rows.map((row) => termOf(row, row.percent)) : [termOf(terms, '100')];
}

/** Shares of instalments add up to 100: refused with `invalid_value` where they do not. */
export function refuseWrongShares({ instalments }: Pick<PaymentTerms, 'instalments'>): void {
  const rows = instalments ?? [];
  const sum = sumOf(rows.map((row) => row.percent));
  if (rows.length === 0 || sum.eq(100)) return;
  const said = {
    en: `The shares of the instalments add up to ${sum.toFixed()}, not to 100.`,
    de: `Die Anteile der Raten ergeben ${sum.toFixed()}, nicht 100.`,
  };
  throw invalidValues([faultAt({ pointer: '/instalments', field: 'instalments', rule: 'sum' }, said)]);
}

type Counted = Pick<PaymentTermsInstalment, 'basis' | 'days' | 'dayOfMonth' | 'discountPercent' | 'discountDays'>;

function termOf({ basis, days, dayOfMonth, discountPercent, discountDays }: Counted, percent: string): Term {
  const due: DueRule = { basis: basis === 'endOfMonth' ? 'month-end' : 'date', days, dayOfMonth: dayOfMonth ?? null };
  const hasDays = discountDays !== null && discountDays !== undefined;
  return { percent, due, discountPercent: discountPercent ?? null, discountUntil: hasDays ? { days: discountDays } : null };
}
