import type { OpenItem } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { settle } from '../items/settle.ts';
import { amountToSettle } from '../rules/allocation.ts';

/** Gives up what will not be paid, all of it or some: an item of its own, settled against what was owed. */
export const writeOff = defineCommand<OpenItem, { reason: string; amount?: string | null }>({
  object: 'open_item',
  name: 'writeOff',
  run: async (work, debit, { reason, amount: asked }) => {
    if (debit.side !== 'debit')
      throw new Refusal('wrong_state', {
        en: 'Only what is owed to us is written off.',
        de: 'Ausgebucht wird nur, was uns geschuldet ist.',
      });
    const amount = amountToSettle([debit], asked);
    const date = work.today(debit.companyId ?? undefined);
    const credit = await work.create<OpenItem>('open_item', uuidV7(), {
      kind: 'writeOff',
      side: 'credit',
      reference: debit.reference ?? null,
      customerId: debit.customerId,
      companyId: debit.companyId ?? null,
      invoiceId: debit.invoiceId ?? null,
      date,
      currency: debit.currency,
      exchangeRate: debit.exchangeRate ?? '1',
      amount: toCurrency(amount, debit.currency),
      reason,
    });
    const { allocationId } = await settle(work, { debit, credit }, { amount, date });
    return {
      created: [
        { object: 'open_item', id: credit.id },
        { object: 'allocation', id: allocationId },
      ],
    };
  },
});
