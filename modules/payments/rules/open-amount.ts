import type { OpenItem } from '#metadata/records.gen.ts';
import { exact, type Exact } from '#platform/kernel/decimal.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { convert } from '#platform/kernel/money/exchange.ts';

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
export function derivedOf(item: OpenItem): Pick<OpenItem, 'status' | 'balance' | 'open'> {
  const open = openOf(item);
  const balance = toCurrency(item.side === 'debit' ? open : open.negated(), item.currency);
  return { balance, open: toCurrency(open, item.currency), status: item.status === 'void' ? 'void' : open.isZero() ? 'settled' : 'open' };
}

/**
 * What so much of an item is in the company's currency, at the item's own rate. What settles the last of it takes all that is left there, so that
 * the parts add up to the whole however they round.
 */
export function companyShare(item: OpenItem, amount: Exact): string {
  const currency = companyCurrencyOf(item);
  if (openOf(item).eq(amount)) return toCurrency(exact(item.companyAmount ?? 0).minus(item.companyAllocated ?? 0), currency);
  return convert(amount, { rate: item.companyCurrency === item.currency ? '1' : (item.exchangeRate ?? '1'), currency });
}

/** The currency in which the company of an item keeps its books. */
export function companyCurrencyOf(item: Pick<OpenItem, 'companyCurrency' | 'currency'>): string {
  return item.companyCurrency ?? item.currency;
}
