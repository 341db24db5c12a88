import type { OpenItem } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { settle } from '../items/settle.ts';
import { amountToSettle, pairedInCurrency } from '../rules/allocation.ts';

/** Settles what the customer has in favour against what they owe. */
export const allocate = defineCommand<OpenItem, { itemId: string; amount?: string | null }>({
  object: 'open_item',
  name: 'allocate',
  run: async (work, item, { itemId, amount }) => {
    if (item.side === 'debit')
      throw new Refusal('wrong_state', {
        en: 'Allocate from the item that is in the customer’s favour to what it settles.',
        de: 'Verrechnen Sie von dem Posten zu Gunsten des Kunden aus auf das, was er ausgleicht.',
      });
    const pair = pairedInCurrency(item, await work.lock<OpenItem>('open_item', itemId));
    const date = work.today(item.companyId ?? undefined);
    const { allocationId } = await settle(work, pair, { amount: amountToSettle([pair.debit, pair.credit], amount), date });
    return { created: [{ object: 'allocation', id: allocationId }] };
  },
});
