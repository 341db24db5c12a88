import type { Customer } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { customerSuspended } from '../events.ts';

/** Stops new business with a customer; the reason stays on the record until they are reactivated. */
export const suspend = defineCommand<Customer, { reason: string }>({
  object: 'customer',
  name: 'suspend',
  run: async (work, customer, { reason }) => {
    await work.emit(customerSuspended, `customer/${customer.id}`, { customerId: customer.id, reason });
    return { values: { suspendedReason: reason } };
  },
});
