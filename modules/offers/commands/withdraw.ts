import type { Offer } from '#metadata/records.gen.ts';
import { cancelRequests } from '#platform/kernel/approvals/ask.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { OFFER_APPROVALS } from '../documents/approvals.ts';

/** Takes an offer back before it is sent: it is a draft again, and nobody is asked about it any more. */
export const withdraw = defineCommand<Offer, Record<string, never>>({
  object: 'offer',
  name: 'withdraw',
  run: async (work, offer) => {
    await cancelRequests(work, OFFER_APPROVALS, offer);
    return { values: { approval: null } };
  },
});
