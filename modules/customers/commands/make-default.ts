import type { Address, BankAccount } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { PLACES } from '../rules/default-addresses.ts';

/** The customer takes this address as its default of the kind. */
export const makeDefaultAddress = defineCommand<Address, Record<string, never>>({
  object: 'address',
  name: 'makeDefault',
  run: async (work, address) => {
    const place = PLACES.find(({ kind }) => kind === address.kind);
    if (!place)
      throw new Refusal('wrong_state', {
        en: 'Only a billing or a shipping address is a default. Change its kind first.',
        de: 'Nur eine Rechnungs- oder Lieferadresse kann Standard sein. Ändern Sie zuerst ihre Art.',
      });
    await work.save('customer', { id: address.customerId, [place.reference]: address.id });
    return undefined;
  },
});

/** The customer takes this account as its default. */
export const makeDefaultAccount = defineCommand<BankAccount, Record<string, never>>({
  object: 'bank_account',
  name: 'makeDefault',
  run: async (work, account) => {
    await work.save('customer', { id: account.customerId, defaultBankAccountId: account.id });
    return undefined;
  },
});
