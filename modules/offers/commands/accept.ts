import type { Offer } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { offerAccepted } from '../events.ts';
import { evidenceOf } from '../rules/evidence.ts';
import { refuseExpired } from '../rules/expiry.ts';

/** Notes the customer's yes, given in time; who said it defaults to who enters it. */
export const accept = defineCommand<Offer, { acceptedBy?: string }>({
  object: 'offer',
  name: 'accept',
  run: async (work, offer, input) => {
    refuseExpired(offer, work.today(offer.companyId ?? undefined));
    const acceptedBy = input.acceptedBy ?? work.caller.name;
    await work.emit(offerAccepted, `offer/${offer.id}`, { offerId: offer.id, acceptedBy });
    const evidence = evidenceOf(work.caller.link, { at: work.now, name: acceptedBy });
    return { values: { acceptedBy, decidedAt: work.now, ...evidence } };
  },
});
