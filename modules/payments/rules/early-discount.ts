import type { OpenItem } from '#metadata/records.gen.ts';
import { exact, sumOf, type Exact } from '#platform/kernel/decimal.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';

/** An item, as far as discounts go. */
export type Discountable = Pick<OpenItem, 'kind' | 'status' | 'amount' | 'allocated' | 'instalments'>;

/** An early discount that can be taken still: how much, and up to which day at the latest. */
export type EarlyDiscount = { readonly amount: Exact; readonly until: string | null };

/**
 * What paying an invoice on a day is worth: the discounts of its instalments of which nothing is settled yet and whose last day has not passed.
 * What was settled counts for the earliest instalments first.
 */
export function earlyDiscountOf(item: Discountable, day: string): EarlyDiscount {
  const rows = item.kind === 'invoice' && item.status === 'open' ? rowsOf(item) : [];
  let settled = exact(item.allocated ?? 0);
  const granted = rows.filter((row) => {
    const isTouched = settled.gt(0);
    settled = settled.minus(row.amount);
    return !isTouched && row.discountDate >= day && row.discount.gt(0);
  });
  const last = granted.map(({ discountDate }) => discountDate).toSorted()[0] ?? null;
  return { amount: sumOf(granted.map(({ discount }) => discount)), until: last };
}

type Row = { readonly amount: Exact; readonly discount: Exact; readonly discountDate: string };

function rowsOf({ instalments }: Discountable): readonly Row[] {
  const rows = isList(instalments) ? instalments.filter(isRecord) : [];
  return rows
    .toSorted((a, b) => plainText(a['dueDate']).localeCompare(plainText(b['dueDate'])))
    .map((row) => ({
      amount: exact(plainText(row['amount'])),
      discount: exact(plainText(row['discountAmount'] ?? '0')),
      discountDate: plainText(row['discountDate'] ?? ''),
    }));
}
