import type { Offer } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { amountValues } from '#platform/kernel/money/record-amounts.ts';

/** Amounts of the lines, their sums and the VAT, on every save, by the one money engine. */
export const deriveAmounts = defineHook<Offer, Record<string, never>>({
  object: 'offer',
  name: 'deriveAmounts',
  derive: amountValues,
});
