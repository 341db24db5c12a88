import type { Address, BankAccount, Contact, Customer } from '#metadata/records.gen.ts';
import { defineCommand, type Work } from '#platform/kernel/module.ts';
import { peopleErased } from '../events.ts';

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
    const contacts = await work.query<Contact>('contact', query);
    for (const contact of contacts) await work.erase('contact', contact.id, ['notes']);
    const ofPerson = customer.kind === 'person' ? ['name', 'website', 'taxNumber', 'vatCheckName', 'vatCheckAddress'] : [];
    await work.erase('customer', id, ['notes', ...ofPerson]);
    await tell(work, id, [...contacts.map((one) => ({ object: 'contact', one })), { object: 'customer', one: customer }]);
    return undefined;
  },
});

/** Takes away what is known of one person. */
export const eraseContact = defineCommand<Contact, Record<string, never>>({
  object: 'contact',
  name: 'erase',
  run: async (work, contact) => {
    await work.erase('contact', contact.id, ['notes']);
    await tell(work, contact.customerId, [{ object: 'contact', one: contact }]);
    return undefined;
  },
});

type Erased = { readonly object: string; readonly one: Contact | Customer };

async function tell(work: Work, customerId: string, erased: readonly Erased[]): Promise<void> {
  const addresses = [...new Set(erased.flatMap(({ object, one }) => addressesOf(work, object, one)))];
  const others = addresses.length === 0 ? new Set() : await livingWith(work, addresses);
  await work.emit(peopleErased, `customer/${customerId}`, {
    customerId,
    people: erased.map(({ object, one }) => `${object}/${one.id}`),
    marks: addresses.filter((address) => !others.has(address)).map((address) => work.markOf(address)),
  });
}

/** Where somebody was reached, by what administrators have added too. */
function addressesOf(work: Work, object: string, record: Contact | Customer): readonly string[] {
  const values: { readonly [field: string]: unknown } = record;
  const fields = [...(work.fieldsOf(object) ?? [])].filter(([, { type, personal }]) => personal && (type === 'email' || type === 'phone'));
  return fields.map(([name]) => values[name]).filter((value) => typeof value === 'string');
}

/** Of these addresses those at which somebody is reached still, such as a mailbox that several share. */
async function livingWith(work: Work, addresses: readonly string[]): Promise<ReadonlySet<string>> {
  const emails = addresses.filter((address) => address.includes('@'));
  const phones = addresses.filter((address) => !address.includes('@'));
  const or = [...(emails.length > 0 ? [{ email: { in: emails } }] : []), ...(phones.length > 0 ? [{ phone: { in: phones } }] : [])];
  const query = { filter: { or }, fields: 'email,phone', limit: PARTS_MAX };
  const living = [...(await work.query<Contact>('contact', query)), ...(await work.query<Customer>('customer', query))];
  return new Set(living.flatMap(({ email, phone }) => [email, phone]).filter((address) => typeof address === 'string'));
}
