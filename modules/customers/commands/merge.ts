import type { BankAccount, Customer } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand, type Work } from '#platform/kernel/module.ts';
import { customersMerged } from '../events.ts';
import { keptPlaces } from '../rules/default-addresses.ts';

type Input = { otherId: string; take?: readonly string[] };

/** Merges another customer into this one, which takes over its contacts, addresses, accounts and documents, its numbers, and the values that are asked for. */
export const merge = defineCommand<Customer, Input>({
  object: 'customer',
  name: 'merge',
  run: async (work, customer, { otherId, take = [] }) => {
    if ((await work.survivor(otherId)) === customer.id) return undefined;
    refuseItself(customer.id, otherId);
    const other = await work.lock<Customer>('customer', otherId);
    await dropDoubles(work, customer, other);
    const taken = await work.merge('customer', { from: other.id, into: customer.id, take });
    await work.emit(customersMerged, `customer/${customer.id}`, {
      survivorId: customer.id,
      mergedId: other.id,
      mergedNumber: other.number ?? null,
    });
    const formerNumbers = [customer.formerNumbers, other.number, other.formerNumbers].filter(Boolean).join(' ');
    return { values: { ...taken, ...keptPlaces(customer, take), formerNumbers } };
  },
});

function refuseItself(id: string, otherId: string): void {
  if (id !== otherId.toLowerCase()) return;
  throw new Refusal('conflict', {
    en: 'A customer cannot be merged into itself. Choose another one.',
    de: 'Ein Kunde kann nicht mit sich selbst zusammengeführt werden. Wählen Sie einen anderen.',
  });
}

const ACCOUNTS_MAX = 200;

/** An account that both have is kept once. */
async function dropDoubles(work: Work, customer: Customer, other: Customer): Promise<void> {
  const filter = { customerId: { in: [customer.id, other.id] } };
  const accounts = await work.query<BankAccount>('bank_account', { filter, limit: ACCOUNTS_MAX });
  const kept = new Set(accounts.filter(({ customerId }) => customerId === customer.id).map(({ iban }) => iban));
  const doubles = accounts.filter(({ customerId, iban }) => customerId === other.id && kept.has(iban));
  if (doubles.some(({ id }) => id === other.defaultBankAccountId))
    await work.save('customer', { id: other.id, defaultBankAccountId: null });
  for (const { id } of doubles) await work.remove('bank_account', id);
}
