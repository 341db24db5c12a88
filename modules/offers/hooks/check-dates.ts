import type { Offer } from '#metadata/records.gen.ts';
import { invalidValues } from '#platform/kernel/errors.ts';
import { defineHook } from '#platform/kernel/module.ts';

/** An offer is valid until a day that is not before its own. */
export const checkDates = defineHook<Offer, Record<string, never>>({
  object: 'offer',
  name: 'checkDates',
  derive: ({ date, validUntil }) => {
    if (!date || !validUntil || validUntil >= date) return {};
    const message = `The offer would be valid until a day before its own, ${date}.`;
    throw invalidValues([{ pointer: '/validUntil', field: 'validUntil', rule: 'order', message }]);
  },
});
