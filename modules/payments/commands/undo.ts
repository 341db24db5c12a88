import type { Allocation, OpenItem } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { paymentUnallocated } from '../events.ts';
import { allocatedOf, count } from '../items/settle.ts';

/** Takes an allocation back: what it settled is owed again. The credit may settle something else; a write-off is void. */
export const undo = defineCommand<Allocation, { reason: string }>({
  object: 'allocation',
  name: 'undo',
  run: async (work, allocation, { reason }) => {
    const credit = await work.lock<OpenItem>('open_item', allocation.creditId);
    const debit = await work.lock<OpenItem>('open_item', allocation.debitId);
    const amount = exact(allocation.amount).negated();
    if (credit.kind === 'writeOff') await work.save('open_item', { id: credit.id, allocated: '0', status: 'void' });
    else await count(work, credit, amount);
    await count(work, debit, amount, credit.kind === 'writeOff' ? amount : exact(0));
    const undoneOn = work.today(allocation.companyId ?? undefined);
    const undone = { ...allocatedOf(allocation, { debit, credit }), date: undoneOn, reason };
    await work.emit(paymentUnallocated, `open_item/${debit.id}`, undone);
    return { values: { undoneOn, undoReason: reason } };
  },
});
