import type { Address, Customer } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { PLACES, placesOf } from '../rules/default-addresses.ts';

/** Billing and shipping address are those that the customer has chosen among its addresses; documents and their VAT look at them alone. */
export const takeDefaultAddresses = defineHook<Customer, { chosen?: readonly Address[] }>({
  object: 'customer',
  name: 'takeDefaultAddresses',
  needs: (draft) => {
    const ids = PLACES.flatMap(({ reference }) => draft[reference] ?? []);
    return ids.length === 0 ? {} : { chosen: { object: 'address', filter: { id: { in: ids } }, limit: ids.length } };
  },
  derive: (draft, { chosen = [] }) => placesOf(draft, chosen),
});
