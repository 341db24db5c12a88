import type { Customer } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { customerReactivated } from '../events.ts';

/** Takes a suspension back. */
export const reactivate = defineCommand<Customer, Record<string, never>>({
  object: 'customer',
  name: 'reactivate',
  run: async (work, customer) => {
    await work.emit(customerReactivated, `customer/${customer.id}`, { customerId: customer.id });
    return { values: { suspendedReason: null } };
  },
});
