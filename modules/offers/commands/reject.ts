import type { Offer } from '#metadata/records.gen.ts';
import { decide } from '#platform/kernel/approvals/decide.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { decided, OFFER_APPROVALS } from '../documents/approvals.ts';

/** Sends an offer back to its author as a draft; the reason stays until it is submitted again. */
export const reject = defineCommand<Offer, { reason: string }>({
  object: 'offer',
  name: 'reject',
  run: async (work, offer, { reason }) => {
    const outcome = await decide(work, OFFER_APPROVALS, offer, { decision: 'reject', comment: reason });
    return { values: await decided(work, offer, { outcome, comment: reason }) };
  },
});
