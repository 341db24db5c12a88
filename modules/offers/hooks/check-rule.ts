import type { PricingRule } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { refuseUnclear } from '../rules/rule-of-record.ts';

/** A pricing rule says what it does, and one thing alone. */
export const checkRule = defineHook<PricingRule, Record<string, never>>({
  object: 'pricing_rule',
  name: 'checkRule',
  derive: (draft) => {
    refuseUnclear(draft);
    return {};
  },
});
