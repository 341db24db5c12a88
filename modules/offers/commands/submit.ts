import type { Offer } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { offerSubmitted } from '../events.ts';
import { refuseIncomplete } from '../rules/completeness.ts';

/** Asks for approval; refused while the offer has no lines. */
export const submit = defineCommand<Offer, Record<string, never>>({
  object: 'offer',
  name: 'submit',
  run: async (work, offer) => {
    refuseIncomplete(offer);
    await work.emit(offerSubmitted, `offer/${offer.id}`, { offerId: offer.id });
    return { values: { rejectedReason: null } };
  },
});
