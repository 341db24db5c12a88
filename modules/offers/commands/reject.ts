import type { Offer } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { offerRejected } from '../events.ts';

/** Sends an offer back to its author as a draft; the reason stays until it is submitted again. */
export const reject = defineCommand<Offer, { reason: string }>({
  object: 'offer',
  name: 'reject',
  run: async (work, offer, { reason }) => {
    await work.emit(offerRejected, `offer/${offer.id}`, { offerId: offer.id, reason });
    return { values: { rejectedReason: reason } };
  },
});
