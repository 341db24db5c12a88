import type { Offer } from '#metadata/records.gen.ts';
import { decide } from '#platform/kernel/approvals/decide.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { decided, OFFER_APPROVALS } from '../documents/approvals.ts';

/** Says yes to an offer; it may be sent once all that its policies ask for is said. */
export const approve = defineCommand<Offer, { comment?: string }>({
  object: 'offer',
  name: 'approve',
  run: async (work, offer, { comment = null }) => {
    const outcome = await decide(work, OFFER_APPROVALS, offer, { decision: 'approve', comment });
    return { values: await decided(work, offer, { outcome, comment }) };
  },
});
