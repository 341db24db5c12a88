import type { Address, Customer } from '#metadata/records.gen.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { on, type Work } from '#platform/kernel/module.ts';
import { firstDefaults } from '../rules/default-addresses.ts';

const ADDRESSES_MAX = 500;

/** The first billing and shipping address of a customer without any becomes its default. */
export const takeFirstAddress = on('customers', 'AddressCreated', 'takeFirstAddress', follow);

/** A customer whose default address moves, moves with it. */
export const followAddress = on('customers', 'AddressUpdated', 'followAddress', follow);

/** Looks at what is there now, so that repeats and the order of events do no harm; saving takes the addresses that are chosen. */
async function follow(work: Work, event: PlatformEvent): Promise<void> {
  const { record } = event.data;
  const id = isRecord(record) ? record['customerId'] : undefined;
  if (typeof id !== 'string' || (await work.get('customer', id)) === null) return;
  const customer = await work.lock<Customer>('customer', id);
  const addresses = await work.query<Address>('address', { filter: { customerId: id }, sort: 'createdAt', limit: ADDRESSES_MAX });
  await work.save('customer', { id, ...firstDefaults(customer, addresses) });
}
