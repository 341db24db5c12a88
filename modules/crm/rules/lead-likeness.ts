import type { Likeness } from '#platform/kernel/module.ts';

/** What two entries of one lead have in common, beside names that are alike. */
export const leadLikeness: Likeness = { object: 'lead', same: ['email', 'phone'], domains: ['email', 'website'], parts: [] };
