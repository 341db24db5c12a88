import type { Allocation, OpenItem } from '#metadata/records.gen.ts';
import { exact, type Exact } from '#platform/kernel/decimal.ts';
import type { Work } from '#platform/kernel/module.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { paymentAllocated, type Allocated } from '../events.ts';
import type { Pair } from '../rules/allocation.ts';

/**
 * Settles so much of two items against each other: both counts, the allocation, the event. Both must be locked, the credit before the debit
 * wherever both are, so that no two wait for each other; the database refuses to count more than there is.
 */
export async function settle(work: Work, { debit, credit }: Pair, how: { readonly amount: Exact; readonly date: string }): Promise<string> {
  const { amount, date } = how;
  await count(work, credit, amount);
  await count(work, debit, amount, credit.kind === 'writeOff' ? amount : exact(0));
  const allocation = await work.create<Allocation>('allocation', uuidV7(), {
    customerId: debit.customerId,
    companyId: debit.companyId ?? null,
    debitId: debit.id,
    creditId: credit.id,
    date,
    currency: debit.currency,
    amount: toCurrency(amount, debit.currency),
  });
  await work.emit(paymentAllocated, `open_item/${debit.id}`, allocatedOf(allocation, { debit, credit }));
  return allocation.id;
}

/** Changes what of an item is settled, and what of that was written off. */
export async function count(work: Work, item: OpenItem, amount: Exact, writtenOff = exact(0)): Promise<void> {
  await work.save('open_item', {
    id: item.id,
    allocated: toCurrency(amount.plus(item.allocated ?? 0), item.currency),
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
    invoiceId: debit.invoiceId ?? null,
    customerId: debit.customerId,
    companyId: debit.companyId ?? null,
    date: allocation.date,
    amount: allocation.amount,
    currency: allocation.currency,
  };
}
