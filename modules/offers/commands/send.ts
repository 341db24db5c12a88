import type { Offer } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { offerSent } from '../events.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { refuseSuspended } from '../rules/sendable.ts';

/** Issues the offer: it draws its number (declared in the metadata) and cannot change any more. Refused while the customer is suspended. */
export const send = defineCommand<Offer, Record<string, never>>({
  object: 'offer',
  name: 'send',
  run: async (work, offer) => {
    refuseSuspended(await work.get('customer', offer.customerId));
    const facts = {
      offerId: offer.id,
      customerId: offer.customerId,
      netTotal: offer.netTotal ?? '0',
      currency: currencyOf(offer),
    };
    await work.emit(offerSent, `offer/${offer.id}`, facts);
    return { values: { sentAt: work.now } };
  },
});
