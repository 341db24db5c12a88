import { defineModule } from '#platform/kernel/module.ts';
import { reactivate } from './commands/reactivate.ts';
import { suspend } from './commands/suspend.ts';
import { customerReactivated, customerSuspended } from './events.ts';
import { forgetVatCheck } from './hooks/forget-vat-check.ts';

/** Customers: the companies and people we do business with, and those who answer the phone there. */
export const customers = defineModule({
  name: 'customers',
  objects: ['customer', 'contact', 'customer_group'],
  hooks: [forgetVatCheck],
  commands: [suspend, reactivate],
  events: [customerSuspended, customerReactivated],
});
