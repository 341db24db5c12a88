import type { Likeness } from '#platform/kernel/module.ts';

/** What two entries of one customer have in common, beside names that are alike. */
export const customerLikeness: Likeness = {
  object: 'customer',
  same: ['vatNumber', 'taxNumber', 'phone', 'email'],
  domains: ['email', 'website'],
  parts: [{ object: 'bank_account', field: 'iban', reference: 'customer' }],
};
