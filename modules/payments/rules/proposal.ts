import type { OpenItem } from '#metadata/records.gen.ts';
import { exact, type Exact } from '#platform/kernel/decimal.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { earlyDiscountOf } from './early-discount.ts';
import { openOf } from './open-amount.ts';
import { namesIn } from './reference.ts';

/** What a payment has left, and what it says of itself. */
export type Payer = { readonly left: Exact; readonly currency: string; readonly date: string; readonly reference: string | null };

/** An item that could be settled. */
export type Candidate = Pick<
  OpenItem,
  'id' | 'kind' | 'status' | 'reference' | 'date' | 'dueDate' | 'currency' | 'amount' | 'allocated' | 'instalments'
>;

/** How much of a payment an item is to take, and the discount that goes with it; decimal strings in the item's currency. */
export type Proposed = { readonly itemId: string; readonly amount: string; readonly discount: string };

/**
 * How a clerk would allocate a payment: to what its reference names, else to the one item that it pays exactly, else to the oldest first; each
 * with its early discount where it is paid in time and in full. Items in other currencies are left to people.
 */
export function propose(payer: Payer, candidates: readonly Candidate[]): readonly Proposed[] {
  let { left } = payer;
  const proposed: Proposed[] = [];
  for (const item of ranked(payer, candidates)) {
    const row = taken(item, left, payer.date);
    if (!row) continue;
    proposed.push(row);
    left = left.minus(row.amount);
  }
  return proposed;
}

function ranked(payer: Payer, candidates: readonly Candidate[]): readonly Candidate[] {
  const oldest = candidates
    .filter(({ currency, status }) => currency === payer.currency && status === 'open')
    .toSorted((a, b) => dueOf(a).localeCompare(dueOf(b)) || (a.reference ?? '').localeCompare(b.reference ?? ''));
  const named = oldest.filter(({ reference }) => namesIn(payer.reference ?? '', reference ?? ''));
  const exactly = named.length > 0 ? [] : oldest.filter((item) => isPaidBy(item, payer)).slice(0, 1);
  const first = [...named, ...exactly];
  return [...first, ...oldest.filter((item) => !first.includes(item))];
}

function isPaidBy(item: Candidate, { left, date }: Payer): boolean {
  const open = openOf(item);
  return open.eq(left) || open.minus(earlyDiscountOf(item, date).amount).eq(left);
}

function taken(item: Candidate, left: Exact, day: string): Proposed | null {
  const open = openOf(item);
  const discount = earlyDiscountOf(item, day).amount;
  const isInFull = discount.gt(0) && left.gte(open.minus(discount)) && open.gt(discount);
  const amount = isInFull ? open.minus(discount) : left.lt(open) ? left : open;
  if (amount.lte(0)) return null;
  return {
    itemId: item.id,
    amount: toCurrency(amount, item.currency),
    discount: toCurrency(isInFull ? discount : exact(0), item.currency),
  };
}

function dueOf({ dueDate, date }: Candidate): string {
  return dueDate ?? date;
}
