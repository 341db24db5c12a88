import { exact, sumOf, toScale } from '../decimal.ts';
import { Refusal } from '../errors.ts';
import { allocate } from './allocate.ts';
import { digitsOf, toCurrency } from './currency.ts';
import { dueDate, type DueRule } from './due-date.ts';

/** One line of payment terms: points of what is left after fixed amounts, or a fixed amount; when it is due; what paying early is worth. */
export type Term = {
  readonly percent?: string | null;
  readonly amount?: string | null;
  readonly due: DueRule;
  readonly discountPercent?: string | null;
  /** Until when the discount holds; left out, until the due date. */
  readonly discountUntil?: DueRule | null;
};

/** A row of a payment schedule. The discount is an amount; both discount fields are null where paying early is worth nothing. */
export type Instalment = {
  readonly dueDate: string;
  readonly amount: string;
  readonly discountAmount: string | null;
  readonly discountDate: string | null;
};

/** What is to be paid, and from when terms count. */
export type Payable = { readonly amount: string; readonly currency: string; readonly date: string };

/**
 * The instalments of a document (BT-20 as rows), in the order of their due dates; two on one day and without discount are one.
 * Percentages must add up to 100; amounts are split by largest remainder, so the rows add up to the document's.
 * Without terms everything is due at once.
 */
export function instalments({ amount, currency, date }: Payable, terms: readonly Term[]): readonly Instalment[] {
  const rows: readonly Term[] = terms.length > 0 ? terms : [{ percent: '100', due: {} }];
  const fixed = sumOf(rows.map((term) => term.amount ?? 0));
  const shared = rows.filter((term) => !term.amount);
  refuseWrongSum(shared);
  if (shared.length === 0 && !fixed.eq(amount))
    throw wrongSum(`The amounts of the payment terms add up to ${toCurrency(fixed, currency)}, not to ${amount}`);
  const weights = shared.map((term) => term.percent ?? '0');
  const shares = allocate(exact(amount).minus(fixed), weights, digitsOf(currency)).values();
  const schedule = rows.map((term) =>
    instalment(term, { amount: term.amount ? toCurrency(term.amount, currency) : (shares.next().value ?? '0'), currency, date }),
  );
  return merged(
    schedule.toSorted((a, b) => a.dueDate.localeCompare(b.dueDate)),
    digitsOf(currency),
  );
}

function instalment(term: Term, { amount, currency, date }: Payable): Instalment {
  const due = dueDate(date, term.due);
  if (!term.discountPercent || exact(term.discountPercent).isZero())
    return { dueDate: due, amount, discountAmount: null, discountDate: null };
  const discountAmount = toCurrency(exact(amount).times(term.discountPercent).div(100), currency);
  return { dueDate: due, amount, discountAmount, discountDate: term.discountUntil ? dueDate(date, term.discountUntil) : due };
}

function merged(rows: readonly Instalment[], digits: number): readonly Instalment[] {
  const result: Instalment[] = [];
  for (const row of rows) {
    const last = result.at(-1);
    if (last && last.dueDate === row.dueDate && last.discountDate === null && row.discountDate === null) {
      result[result.length - 1] = { ...last, amount: toScale(exact(last.amount).plus(row.amount), digits) };
    } else result.push(row);
  }
  return result;
}

function refuseWrongSum(terms: readonly Term[]): void {
  if (terms.length === 0) return;
  const sum = sumOf(terms.map((term) => term.percent ?? 0));
  if (!sum.eq(100)) throw wrongSum(`The percentages of the payment terms add up to ${sum.toFixed()}, not to 100`);
}

function wrongSum(what: string): Refusal {
  return new Refusal('invalid_value', `${what}. Change the payment terms so that they cover the whole amount.`);
}
