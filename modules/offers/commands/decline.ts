import type { Offer } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { offerDeclined } from '../events.ts';
import { evidenceOf } from '../rules/evidence.ts';
import { refuseExpired } from '../rules/expiry.ts';

/** Notes the customer's no, with the reason. At the link, the customer says so in time. */
export const decline = defineCommand<Offer, { reason: string }>({
  object: 'offer',
  name: 'decline',
  run: async (work, offer, { reason }) => {
    await work.emit(offerDeclined, `offer/${offer.id}`, { offerId: offer.id, reason });
    if (work.caller.link) refuseExpired(offer, work.today(offer.companyId ?? undefined));
    const evidence = evidenceOf(work.caller.link, { at: work.now, name: null });
    return { values: { declinedReason: reason, decidedAt: work.now, ...evidence } };
  },
});
