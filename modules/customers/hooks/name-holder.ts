import type { BankAccount, Customer } from '#metadata/records.gen.ts';
import { defineHook, type Need } from '#platform/kernel/module.ts';

/** An account whose holder nobody names is the customer's. */
export const nameHolder = defineHook<BankAccount, { customer: readonly Pick<Customer, 'name'>[] }>({
  object: 'bank_account',
  name: 'nameHolder',
  needs: ({ holder, customerId }): { readonly [fact: string]: Need } =>
    holder ? {} : { customer: { object: 'customer', filter: { id: customerId }, fields: 'name' } },
  derive: (draft, { customer }) => ({ holder: draft.holder ?? customer?.[0]?.name ?? null }),
});
