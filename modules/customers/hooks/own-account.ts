import type { BankAccount, Customer } from '#metadata/records.gen.ts';
import { invalidValues } from '#platform/kernel/errors.ts';
import { defineHook } from '#platform/kernel/module.ts';

const LABEL = { en: 'Default bank account', de: 'Standard-Bankverbindung' };

/** The default bank account of a customer is one of its own. */
export const ownAccount = defineHook<Customer, { account?: readonly BankAccount[] }>({
  object: 'customer',
  name: 'ownAccount',
  needs: ({ defaultBankAccountId: id }, before): ReturnType<NonNullable<Parameters<typeof defineHook>[0]['needs']>> =>
    id && id !== before?.defaultBankAccountId ? { account: { object: 'bank_account', filter: { id }, limit: 1 } } : {},
  derive: (draft, { account = [] }) => {
    if (account.every(({ customerId }) => customerId === draft.id)) return {};
    const message = `${LABEL.en}: choose one of this customer's own bank accounts.`;
    throw invalidValues([{ pointer: '/defaultBankAccountId', field: 'defaultBankAccountId', rule: 'ownAccount', message, label: LABEL }]);
  },
});
