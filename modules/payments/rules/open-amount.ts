import type { OpenItem } from '#metadata/records.gen.ts';
import { exact, type Exact } from '#platform/kernel/decimal.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';

/** Documents that ask for money or give it back. */
type Kind = OpenItem['kind'];

/** What an item is of by its document's total: an invoice is owed to us, a credit note is in the customer's favour; negative ones the other way round. */
export function sized(kind: Kind, total: string): Pick<OpenItem, 'kind' | 'side' | 'amount'> {
  const isOwed = (kind === 'invoice') !== exact(total).isNegative();
  return { kind, side: isOwed ? 'debit' : 'credit', amount: total.replace(/^-/, '') };
}

/** How much of an item is not settled; of a void one nothing. */
export function openOf(item: Pick<OpenItem, 'status' | 'amount' | 'allocated'>): Exact {
  return item.status === 'void' ? exact(0) : exact(item.amount).minus(item.allocated ?? 0);
}

/** What follows from what an item is of and what was settled of it. */
export function derivedOf(item: OpenItem): Pick<OpenItem, 'status' | 'balance'> {
  const open = openOf(item);
  const balance = toCurrency(item.side === 'debit' ? open : open.negated(), item.currency);
  return { balance, status: item.status === 'void' ? 'void' : open.isZero() ? 'settled' : 'open' };
}
