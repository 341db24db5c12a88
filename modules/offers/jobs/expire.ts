import type { Offer } from '#metadata/records.gen.ts';
import type { Job } from '#platform/kernel/module.ts';
import { offerExpired } from '../events.ts';
import { isExpired } from '../rules/expiry.ts';

/** So many at a time; what is left over waits for the next time. */
const OFFERS_MAX = 500;

/** Sent offers that nobody decided until their last day, in the zone of their company, expire. What was accepted or declined meanwhile does not. */
export const expire: Job = {
  name: 'expire',
  schedule: '5 * * * *',
  run: async (work) => {
    const filter = { status: { eq: 'sent' }, validUntil: { lte: work.now.slice(0, 10) } };
    const due = await work.query<Offer>('offer', { filter, fields: 'id', sort: 'validUntil', limit: OFFERS_MAX });
    for (const { id } of due) {
      const offer = await work.lock<Offer>('offer', id);
      if (!isExpired(offer, work.today(offer.companyId ?? undefined))) continue;
      await work.save('offer', { id, status: 'expired' });
      await work.emit(offerExpired, `offer/${id}`, { offerId: id, validUntil: offer.validUntil ?? '' });
    }
  },
};
