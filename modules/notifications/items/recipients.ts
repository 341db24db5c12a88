import type { Company, Contact, Customer, NotificationRecipient, NotificationRule, User } from '#metadata/records.gen.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import type { RecordValues, Work } from '#platform/kernel/module.ts';
import { documentLanguage } from '#platform/kernel/documents/address.ts';

/** Somebody who is told: `key` is who they are, however they are reached. */
export type Recipient = {
  readonly key: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: 'en' | 'de';
  readonly of: { readonly customerId?: string; readonly contactId?: string; readonly userId?: string };
};

/** What a record is about, and who sends: the company of the record, else the only one there is. */
export type Around = { readonly record: RecordValues; readonly customer: Customer | null; readonly company: Company | null };

const RECIPIENTS_MAX = 200;
const USERS_MAX = 1000;
const CONTACTS_MAX = 20;

/** Everybody whom a rule names for a record, each once. */
export async function recipientsOf(work: Work, rule: NotificationRule, around: Around): Promise<readonly Recipient[]> {
  const found: Recipient[] = [];
  for (const row of rule.recipients ?? []) found.push(...(await named(work, rule.about, row, around)));
  return [...new Map(found.map((one) => [one.key, one])).values()].slice(0, RECIPIENTS_MAX);
}

/** Somebody who was told before, as they are reached now; null for who is no longer there. */
export async function recipientBy(work: Work, key: string, around: Around): Promise<Recipient | null> {
  const [, target, id] = /^(user|customer|contact)\/(.+)$/.exec(key) ?? [];
  if (id === undefined) return byAddress(key, around);
  return (await lead(work, { type: 'lookup', target }, id, around))[0] ?? null;
}

async function named(work: Work, about: string, { kind, value }: NotificationRecipient, around: Around): Promise<readonly Recipient[]> {
  if (kind === 'address') return [byAddress(value, around)];
  if (kind === 'role') return (await usersWith(work, value)).map(byUser);
  const field = work.fieldsOf(about)?.get(value);
  const held = around.record[value];
  const ids = (isList(held) ? held : [held]).map(plainText).filter((text) => text !== '');
  const people: Recipient[] = [];
  for (const id of ids) people.push(...(await lead(work, { type: field?.type, target: field?.target }, id, around)));
  return people;
}

type Led = { readonly type: string | undefined; readonly target: string | undefined };

/** Whom the value of a field means: a user, a customer, a contact, or an address. */
async function lead(work: Work, { type, target }: Led, value: string, around: Around): Promise<readonly Recipient[]> {
  if (type === 'user' || target === 'user') {
    const user = await work.find<User>('user', value);
    return user?.active ? [byUser(user)] : [];
  }
  if (target === 'customer') {
    const customer = await work.find<Customer>('customer', value);
    return customer ? [await byCustomer(work, customer, around)] : [];
  }
  if (target === 'contact') {
    const contact = await work.find<Contact>('contact', value);
    return contact ? [{ ...ofPerson(contact, around), key: `contact/${value}`, of: { contactId: value } }] : [];
  }
  return type === 'email' || type === 'phone' ? [byAddress(value, around)] : [];
}

async function usersWith(work: Work, role: string): Promise<readonly User[]> {
  const users = await work.query<User>('user', { limit: USERS_MAX });
  return users.filter(({ roles, active }) => active && isList(roles) && roles.includes(role));
}

function byUser({ id, name, email, language }: User): Recipient {
  return { key: `user/${id}`, name, email, phone: null, language: language === 'de' ? 'de' : 'en', of: { userId: id } };
}

/** A company without an address of its own is reached where its contact is, the primary one first. */
async function byCustomer(work: Work, customer: Customer, around: Around): Promise<Recipient> {
  const own = ofPerson(customer, { ...around, customer });
  const isReached = own.email !== null && own.phone !== null;
  const contacts = isReached
    ? []
    : await work.query<Contact>('contact', { filter: { customerId: customer.id }, sort: '-primary', limit: CONTACTS_MAX });
  const reached = {
    email: own.email ?? contacts.find(({ email }) => email)?.email ?? null,
    phone: own.phone ?? contacts.find(({ phone }) => phone)?.phone ?? null,
  };
  return { ...own, ...reached, key: `customer/${customer.id}`, of: { customerId: customer.id } };
}

function byAddress(address: string, around: Around): Recipient {
  const isMail = address.includes('@');
  return {
    key: address.toLowerCase(),
    name: around.customer?.name ?? address,
    email: isMail ? address : null,
    phone: isMail ? null : address,
    language: languageOf(around),
    of: {},
  };
}

type Person = { readonly name: string; readonly email?: string | null; readonly phone?: string | null };

function ofPerson({ name, email, phone }: Person, around: Around): Omit<Recipient, 'key' | 'of'> {
  return { name, email: email ?? null, phone: phone ?? null, language: languageOf(around) };
}

function languageOf({ customer, company }: Around): 'en' | 'de' {
  return documentLanguage(customer ?? undefined, company ?? undefined) === 'de' ? 'de' : 'en';
}
