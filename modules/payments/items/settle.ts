import type { Allocation, OpenItem } from '#metadata/records.gen.ts';
import { exact, type Exact } from '#platform/kernel/decimal.ts';
import type { Work } from '#platform/kernel/module.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { paymentAllocated, type Allocated } from '../events.ts';
import type { Pair } from '../rules/allocation.ts';
import { companyCurrencyOf, companyShare } from '../rules/open-amount.ts';

/** How much of the debit is settled on which day at the earliest, and how much of the credit that takes where it is in another currency. */
export type Settlement = { readonly amount: Exact; readonly creditAmount?: Exact; readonly date: string };

/** The allocation, and the two items as they are then. */
export type Settled = Pair & { readonly allocationId: string };

/**
 * Settles so much of two items against each other: both counts, the allocation, the event. Both must be locked, the credit before the debit
 * wherever both are, so that no two wait for each other; the database refuses to count more than there is.
 */
export async function settle(work: Work, pair: Pair, { amount, creditAmount = amount, date }: Settlement): Promise<Settled> {
  const company = companyCurrencyOf(pair.debit);
  const companyAmount = companyShare(pair.debit, amount);
  const creditCompanyAmount = companyShare(pair.credit, creditAmount);
  const credit = await count(work, pair.credit, { amount: creditAmount, companyAmount: creditCompanyAmount });
  const writtenOff = credit.kind === 'writeOff' ? amount : exact(0);
  const debit = await count(work, pair.debit, { amount, companyAmount, writtenOff });
  const allocation = await work.create<Allocation>('allocation', uuidV7(), {
    customerId: debit.customerId,
    companyId: debit.companyId ?? null,
    debitId: debit.id,
    creditId: credit.id,
    // A payment may be older than what it settles: before both are there, neither is settled.
    date: [date, debit.date, credit.date].reduce((latest, one) => (one > latest ? one : latest)),
    currency: debit.currency,
    amount: toCurrency(amount, debit.currency),
    creditCurrency: credit.currency,
    creditAmount: toCurrency(creditAmount, credit.currency),
    companyCurrency: company,
    companyAmount,
    creditCompanyAmount,
    exchangeGain: toCurrency(exact(creditCompanyAmount).minus(companyAmount), company),
  });
  await work.emit(paymentAllocated, `open_item/${debit.id}`, allocatedOf(allocation, { debit, credit }));
  return { allocationId: allocation.id, debit, credit };
}

/** By how much a count changes: in the item's currency and the company's, and what of it is written off. */
export type Counted = { readonly amount: Exact; readonly companyAmount: string | Exact; readonly writtenOff?: Exact };

/** Changes what of an item is settled, and what of that was written off. Answers the item as it is then. */
export async function count(work: Work, item: OpenItem, { amount, companyAmount, writtenOff = exact(0) }: Counted): Promise<OpenItem> {
  return work.save<OpenItem>('open_item', {
    id: item.id,
    allocated: toCurrency(amount.plus(item.allocated ?? 0), item.currency),
    companyAllocated: toCurrency(exact(companyAmount).plus(item.companyAllocated ?? 0), companyCurrencyOf(item)),
    writtenOff: toCurrency(writtenOff.plus(item.writtenOff ?? 0), item.currency),
  });
}

/** What the events of an allocation say. */
export function allocatedOf(allocation: Allocation, { debit, credit }: Pair): Allocated {
  return {
    allocationId: allocation.id,
    debitId: debit.id,
    debitKind: debit.kind,
    creditId: credit.id,
    creditKind: credit.kind,
    invoiceId: debit.kind === 'invoice' ? (debit.invoiceId ?? null) : null,
    paymentId: credit.kind === 'payment' ? (credit.paymentId ?? null) : null,
    customerId: debit.customerId,
    companyId: debit.companyId ?? null,
    date: allocation.date,
    amount: allocation.amount,
    currency: allocation.currency,
    exchangeRate: debit.exchangeRate ?? '1',
    creditAmount: allocation.creditAmount ?? allocation.amount,
    creditCurrency: allocation.creditCurrency ?? allocation.currency,
    creditExchangeRate: credit.exchangeRate ?? '1',
    companyAmount: allocation.companyAmount ?? allocation.amount,
    creditCompanyAmount: allocation.creditCompanyAmount ?? allocation.amount,
    exchangeGain: allocation.exchangeGain ?? '0',
    companyCurrency: allocation.companyCurrency ?? allocation.currency,
  };
}
