import type { Invoice } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { amountsOf } from '../rules/amounts.ts';

/** Amounts of a draft that is written freely, on every save, by the one money engine. What comes from an order or is issued keeps its amounts. */
export const deriveAmounts = defineHook<Invoice, Record<string, never>>({
  object: 'invoice',
  name: 'deriveAmounts',
  derive: (draft) => {
    if (draft.orderId || draft.status !== 'draft') return {};
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
