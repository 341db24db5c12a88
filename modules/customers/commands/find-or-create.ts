import type { Contact, Customer } from '#metadata/records.gen.ts';
import { defineCommand, type RecordValues, type Work } from '#platform/kernel/module.ts';
import { bareName, firstWord } from '../rules/same-company.ts';

type Input = {
  /** The id of what asks: it is that of a customer and a contact that are new, so that asking again makes nothing more. */
  origin: string;
  /** The customer and the contact that somebody has chosen. */
  customerId?: string;
  contactId?: string;
  companyName?: string;
  personName?: string;
  position?: string;
  email?: string;
  phone?: string;
  website?: string;
  address?: Customer['billingAddress'];
  territoryId?: string;
};

/** So many customers whose names begin alike are compared. */
const COMPARED_MAX = 200;

/**
 * The customer and the contact that somebody is, by what is known of them: those that were chosen, else by e-mail, by phone, by the name of the
 * company; else new ones. Answers both.
 */
export const findOrCreate = defineCommand<RecordValues, Input>({
  object: 'customer',
  name: 'findOrCreate',
  run: async (work, _none, input) => {
    const contact = await contactOf(work, input);
    const customer = (await customerOf(work, input, contact)) ?? (await newCustomer(work, input));
    const isTheirs = contact?.customerId === customer.id;
    const person = isTheirs ? contact : await newContact(work, input, customer);
    return {
      created: [{ object: 'customer', id: customer.id }, ...(person ? [{ object: 'contact', id: person.id }] : [])],
    };
  },
});

async function contactOf(work: Work, { contactId, customerId, email, phone }: Input): Promise<Contact | null> {
  if (contactId) return work.lock<Contact>('contact', contactId);
  const within = customerId ? { customerId } : {};
  return (await firstOf<Contact>(work, 'contact', within, { email })) ?? firstOf<Contact>(work, 'contact', within, { phone });
}

async function customerOf(work: Work, { customerId, email, phone, companyName }: Input, contact: Contact | null): Promise<Customer | null> {
  const known = customerId ?? contact?.customerId;
  if (known) return work.lock<Customer>('customer', known);
  return (
    (await firstOf<Customer>(work, 'customer', {}, { email })) ??
    (await firstOf<Customer>(work, 'customer', {}, { phone })) ??
    (companyName ? sameCompany(work, companyName) : null)
  );
}

/** The oldest record with a value; null where there is no value, or nobody has it. */
async function firstOf<R extends RecordValues>(work: Work, object: string, within: RecordValues, value: RecordValues): Promise<R | null> {
  if (Object.values(value).every((one) => !one)) return null;
  const [first] = await work.query<R>(object, { filter: { ...within, ...value }, sort: 'createdAt', limit: 1 });
  return first ?? null;
}

async function sameCompany(work: Work, companyName: string): Promise<Customer | null> {
  const wanted = bareName(companyName);
  const filter = { name: { startsWith: firstWord(companyName) }, kind: { ne: 'person' } };
  const alike = await work.query<Customer>('customer', { filter, sort: 'createdAt', limit: COMPARED_MAX });
  return alike.find(({ name }) => bareName(name) === wanted) ?? null;
}

function newCustomer(work: Work, input: Input): Promise<Customer> {
  const { companyName, personName, email, phone, website, address, territoryId } = input;
  return work.create<Customer>('customer', input.origin, {
    name: companyName ?? personName ?? email,
    kind: companyName ? 'company' : 'person',
    website: website ?? null,
    billingAddress: address ?? null,
    territoryId: territoryId ?? null,
    // Of a company they are its people's.
    ...(companyName && personName ? {} : { email: email ?? null, phone: phone ?? null }),
  });
}

/** A person of a company; a customer who is one needs no other. */
async function newContact(work: Work, input: Input, customer: Customer): Promise<Contact | null> {
  const { personName, position, email, phone } = input;
  if (!personName || (customer.kind === 'person' && customer.name === personName)) return null;
  return work.create<Contact>('contact', input.origin, {
    name: personName,
    customerId: customer.id,
    position: position ?? null,
    email: email ?? null,
    phone: phone ?? null,
  });
}
