import type { Offer } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { totalsOf } from '../rules/totals.ts';

/** Net amounts of the lines and their sum, on every save. Tax comes with the invoice's engine. */
export const deriveTotals = defineHook<Offer, Record<string, never>>({
  object: 'offer',
  name: 'deriveTotals',
  derive: (draft) => totalsOf(draft.lines ?? [], currencyOf(draft)),
});
