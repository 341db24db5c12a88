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

/**
 * What was known of people has been erased: of these records (`contact/<id>`, `customer/<id>`), of one customer. `marks` are those of the addresses at which they were
 * reached and nobody else here is: whoever keeps something under an address knows it by its mark, and nobody else learns it.
 */
export const peopleErased = defineEvent<{ customerId: string; people: readonly string[]; marks: readonly string[] }>(
  'customers',
  'PeopleErased',
  {
    type: 'object',
    properties: {
      customerId: { type: 'string', format: 'uuid' },
      people: { type: 'array', items: { type: 'string' } },
      marks: { type: 'array', items: { type: 'string' } },
    },
    required: ['customerId', 'people', 'marks'],
    additionalProperties: false,
  },
);

/** One customer stands for two from now on; the id of the other leads to it. */
export const customersMerged = defineEvent<{ survivorId: string; mergedId: string; mergedNumber: string | null }>(
  'customers',
  'CustomersMerged',
  {
    type: 'object',
    properties: {
      survivorId: { type: 'string', format: 'uuid' },
      mergedId: { type: 'string', format: 'uuid' },
      mergedNumber: { type: ['string', 'null'] },
    },
    required: ['survivorId', 'mergedId', 'mergedNumber'],
    additionalProperties: false,
  },
);
