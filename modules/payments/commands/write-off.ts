import type { OpenItem } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { giveUp } from '../items/give-up.ts';
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
    return { created: await giveUp(work, debit, { amount: amountToSettle([debit], asked), reason }) };
  },
});
