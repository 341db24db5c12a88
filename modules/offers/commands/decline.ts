import type { Offer } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { offerDeclined } from '../events.ts';

/** Notes the customer's no, with the reason. */
export const decline = defineCommand<Offer, { reason: string }>({
  object: 'offer',
  name: 'decline',
  run: async (work, offer, { reason }) => {
    await work.emit(offerDeclined, `offer/${offer.id}`, { offerId: offer.id, reason });
    return { values: { declinedReason: reason, decidedAt: work.now } };
  },
});
