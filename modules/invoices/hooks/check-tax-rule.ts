import type { TaxRule } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { refuseUnclearRule, settledRule } from '../rules/tax-rule.ts';

/** A tax rule says one VAT, whole; what does not go with its category is left out. */
export const checkTaxRule = defineHook<TaxRule, Record<string, never>>({
  object: 'tax_rule',
  name: 'checkTaxRule',
  derive: (draft) => {
    const set = settledRule(draft);
    refuseUnclearRule({ ...draft, ...set });
    return set;
  },
});
