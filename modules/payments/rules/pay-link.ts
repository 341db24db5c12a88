import type { OpenItem } from '#metadata/records.gen.ts';
import { addDays } from '#platform/kernel/dates.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import type { LinkTerms } from '#platform/kernel/public-page.ts';
import { earlyDiscountOf } from './early-discount.ts';
import { openOf } from './open-amount.ts';

/** Days for which the link opens after the last of it was due: long enough for who pays late, and for the receipt. */
const DAYS_AFTERWARDS = 365;

/** The link at which an invoice is paid. */
export function payTerms(item: OpenItem): LinkTerms | null {
  if (item.kind !== 'invoice' || item.side !== 'debit') return null;
  return { mark: item.id, lastDay: addDays(item.dueDate ?? item.date, DAYS_AFTERWARDS) };
}

/** What is to be paid on a day, less what paying then is worth; decimal strings in the item's currency. */
export function toPay(
  item: OpenItem,
  day: string,
): { readonly amount: string; readonly discount: string; readonly discountUntil: string | null } {
  const discount = earlyDiscountOf(item, day);
  const amount = openOf(item).minus(discount.amount);
  const isWorth = discount.amount.gt(0) && amount.gt(0);
  return {
    amount: toCurrency(isWorth ? amount : openOf(item), item.currency),
    discount: toCurrency(isWorth ? discount.amount : exact(0), item.currency),
    discountUntil: isWorth ? discount.until : null,
  };
}
