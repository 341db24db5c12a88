import type { Company, Customer, Opportunity } from '#metadata/records.gen.ts';
import { defineHook, type Need } from '#platform/kernel/module.ts';
import { chooseCurrency } from '#platform/kernel/money/currency.ts';

type Facts = { customer?: readonly Pick<Customer, 'currency' | 'territoryId'>[]; company?: readonly Pick<Company, 'currency'>[] };

/** Currency and territory of an opportunity that names none are its customer's; the currency else the company's. */
export const takeCustomer = defineHook<Opportunity, Facts>({
  object: 'opportunity',
  name: 'takeCustomer',
  needs: (draft, before): { readonly [fact: string]: Need } => {
    const lacks = !draft.currency || (!draft.territoryId && before?.customerId !== draft.customerId);
    return {
      ...(lacks ? { customer: { object: 'customer', filter: { id: draft.customerId }, limit: 1 } } : {}),
      ...(!draft.currency && draft.companyId ? { company: { object: 'company', filter: { id: draft.companyId }, limit: 1 } } : {}),
    };
  },
  derive: (draft, { customer = [], company = [] }, before) => {
    const [first] = customer;
    const isNew = before?.customerId !== draft.customerId;
    return {
      currency: chooseCurrency(draft.currency, first?.currency, company[0]?.currency),
      territoryId: draft.territoryId ?? (isNew ? (first?.territoryId ?? null) : null),
    };
  },
});
