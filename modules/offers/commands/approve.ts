import type { Offer } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { offerApproved } from '../events.ts';

/** Lets an offer be sent. */
export const approve = defineCommand<Offer, Record<string, never>>({
  object: 'offer',
  name: 'approve',
  run: async (work, offer) => {
    await work.emit(offerApproved, `offer/${offer.id}`, { offerId: offer.id });
    return undefined;
  },
});
