import { defineEvent } from '#platform/kernel/module.ts';

/** No new business with this customer, and why. */
export const customerSuspended = defineEvent<{ customerId: string; reason: string }>('customers', 'CustomerSuspended', {
  type: 'object',
  properties: { customerId: { type: 'string', format: 'uuid' }, reason: { type: 'string' } },
  required: ['customerId', 'reason'],
  additionalProperties: false,
});

/** Business with this customer goes on. */
export const customerReactivated = defineEvent<{ customerId: string }>('customers', 'CustomerReactivated', {
  type: 'object',
  properties: { customerId: { type: 'string', format: 'uuid' } },
  required: ['customerId'],
  additionalProperties: false,
});
