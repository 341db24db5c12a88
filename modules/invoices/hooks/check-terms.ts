import type { PaymentTerms } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { refuseWrongShares } from '../rules/terms.ts';

/** Instalments of payment terms cover the whole amount. */
export const checkTerms = defineHook<PaymentTerms, Record<string, never>>({
  object: 'payment_terms',
  name: 'checkTerms',
  derive: (draft) => {
    refuseWrongShares(draft);
    return {};
  },
});
