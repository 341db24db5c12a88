import type { Order } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { amountsOf } from '../rules/amounts.ts';

/** Amounts of the lines, their sums and the VAT, on every save, by the one money engine. */
export const deriveAmounts = defineHook<Order, Record<string, never>>({
  object: 'order',
  name: 'deriveAmounts',
  derive: (draft) => {
    const { lines, vat, netTotal, taxTotal, grossTotal } = amountsOf(draft);
    return {
      lines: (draft.lines ?? []).map((line, index) => ({
        ...line,
        amount: lines[index]?.amount ?? null,
        netAmount: lines[index]?.netAmount ?? null,
        taxAmount: lines[index]?.taxAmount ?? null,
        grossAmount: lines[index]?.grossAmount ?? null,
      })),
      vat,
      netTotal,
      taxTotal,
      grossTotal,
    };
  },
});
