import type { Address, BankAccount, Contact, Customer } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';

const PARTS_MAX = 500;

/** Takes away what is known of the people at a customer, and of a customer who is a person; issued documents keep what the law demands. */
export const eraseCustomer = defineCommand<Customer, Record<string, never>>({
  object: 'customer',
  name: 'erase',
  run: async (work, customer) => {
    const { id } = customer;
    await work.save('customer', { id, defaultBillingAddressId: null, defaultShippingAddressId: null, defaultBankAccountId: null });
    const query = { filter: { customerId: id }, limit: PARTS_MAX };
    for (const address of await work.query<Address>('address', query)) await work.erase('address', address.id, ['name']);
    for (const account of await work.query<BankAccount>('bank_account', query)) await work.erase('bank_account', account.id, []);
    for (const contact of await work.query<Contact>('contact', query)) await work.erase('contact', contact.id, ['notes']);
    const ofPerson = customer.kind === 'person' ? ['name', 'website', 'taxNumber', 'vatCheckName', 'vatCheckAddress'] : [];
    await work.erase('customer', id, ['notes', ...ofPerson]);
    return undefined;
  },
});

/** Takes away what is known of one person. */
export const eraseContact = defineCommand<Contact, Record<string, never>>({
  object: 'contact',
  name: 'erase',
  run: async (work, contact) => {
    await work.erase('contact', contact.id, ['notes']);
    return undefined;
  },
});
