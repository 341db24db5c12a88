import type { TaxRate } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { refuseWrongRate } from '../rules/tax-rate.ts';

/** A tax rate is called after what it says, and fits its category. */
export const checkRate = defineHook<TaxRate, Record<string, never>>({
  object: 'tax_rate',
  name: 'checkRate',
  derive: (draft) => {
    refuseWrongRate(draft);
    return { name: `${draft.country} ${draft.percent} % ${draft.kind} (${draft.validFrom})` };
  },
});
