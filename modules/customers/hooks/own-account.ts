import type { BankAccount, Customer } from '#metadata/records.gen.ts';
import { faultAt, invalidValues } from '#platform/kernel/errors.ts';
import { defineHook, type Need } from '#platform/kernel/module.ts';

/** The default bank account of a customer is one of its own. */
export const ownAccount = defineHook<Customer, { account?: readonly BankAccount[] }>({
  object: 'customer',
  name: 'ownAccount',
  needs: ({ defaultBankAccountId: id }, before): { readonly [fact: string]: Need } =>
    id && id !== before?.defaultBankAccountId ? { account: { object: 'bank_account', filter: { id }, limit: 1 } } : {},
  derive: (draft, { account = [] }) => {
    if (account.every(({ customerId }) => customerId === draft.id)) return {};
    throw invalidValues([
      faultAt(
        { pointer: '/defaultBankAccountId', field: 'defaultBankAccountId', rule: 'ownAccount' },
        {
          en: "Choose one of this customer's own bank accounts.",
          de: 'Wählen Sie eine der Bankverbindungen dieses Kunden.',
        },
      ),
    ]);
  },
});
