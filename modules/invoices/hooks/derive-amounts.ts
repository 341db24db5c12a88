import type { Invoice } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { amountValues } from '#platform/kernel/money/record-amounts.ts';

/** Amounts of a draft that is written freely, on every save, by the one money engine. What comes from an order or is issued keeps its amounts. */
export const deriveAmounts = defineHook<Invoice, Record<string, never>>({
  object: 'invoice',
  name: 'deriveAmounts',
  derive: (draft) => (draft.orderId || draft.status !== 'draft' ? {} : amountValues(draft)),
});
