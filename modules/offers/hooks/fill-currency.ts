import type { Company, Offer } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { chooseCurrency } from '#platform/kernel/money/currency.ts';

/** Gives an offer its currency: its own, else the customer's, else the company's. */
export const fillCurrency = defineHook<Offer, { customer: readonly { currency?: string | null }[]; company: readonly Company[] }>({
  object: 'offer',
  name: 'fillCurrency',
  needs: (draft) => {
    if (draft.currency) return {};
    return {
      ...(draft.customerId ? { customer: { object: 'customer', filter: { id: draft.customerId } } } : {}),
      ...(draft.companyId ? { company: { object: 'company', filter: { id: draft.companyId } } } : {}),
    };
  },
  derive: (draft, facts) => ({
    currency: chooseCurrency(draft.currency, facts.customer?.[0]?.currency, facts.company?.[0]?.currency),
  }),
});
