import type { Allocation, OpenItem } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import type { RecordValues, Work } from '#platform/kernel/module.ts';
import { paymentUnallocated } from '../events.ts';
import { allocatedOf, count } from './settle.ts';

/** Credits that stand for nothing but what they settle: without that they are void. */
const MADE_TO_SETTLE: readonly string[] = ['writeOff', 'discount'];

/**
 * Takes back what an allocation did to its two items, and tells so: what it settled is owed again, and the credit may settle something else.
 * Answers what the allocation is to be saved with.
 */
export async function takeBack(work: Work, allocation: Allocation, reason: string): Promise<RecordValues> {
  const credit = await work.lock<OpenItem>('open_item', allocation.creditId);
  const debit = await work.lock<OpenItem>('open_item', allocation.debitId);
  const amount = exact(allocation.amount).negated();
  const companyAmount = exact(allocation.companyAmount ?? allocation.amount).negated();
  const undoneOn = work.today(allocation.companyId ?? undefined);
  const ofCredit = {
    amount: exact(allocation.creditAmount ?? allocation.amount).negated(),
    companyAmount: exact(allocation.creditCompanyAmount ?? allocation.amount).negated(),
  };
  const left = await count(work, credit, ofCredit);
  if (MADE_TO_SETTLE.includes(credit.kind)) await voidItem(work, left, undoneOn);
  await count(work, debit, { amount, companyAmount, writtenOff: credit.kind === 'writeOff' ? amount : exact(0) });
  await work.emit(paymentUnallocated, `open_item/${debit.id}`, { ...allocatedOf(allocation, { debit, credit }), date: undoneOn, reason });
  return { undoneOn, undoReason: reason };
}

/** Takes back all that an item settled or was settled by, each allocation once. Answers these. */
export async function takeBackAll(work: Work, item: OpenItem, reason: string): Promise<readonly Allocation[]> {
  const side = item.side === 'credit' ? 'creditId' : 'debitId';
  const applied = await work.query<Allocation>('allocation', { filter: { [side]: item.id, status: 'applied' }, limit: 1000 });
  const undone: Allocation[] = [];
  for (const { id } of applied.toSorted((a, b) => a.debitId.localeCompare(b.debitId))) {
    const allocation = await work.lock<Allocation>('allocation', id);
    if (allocation.status !== 'applied') continue;
    await work.save('allocation', { id, status: 'undone', ...(await takeBack(work, allocation, reason)) });
    undone.push(allocation);
  }
  return undone;
}

/** From a day on an item counts no more; nothing of it may be settled. */
export async function voidItem(work: Work, item: OpenItem, voidedOn: string): Promise<void> {
  await work.save('open_item', { id: item.id, status: 'void', voidedOn });
}
