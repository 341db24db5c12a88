import type { Offer } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { offerConverted } from '../events.ts';
import { conversionOf } from '../documents/conversion.ts';

/** Turns an accepted offer into an order: its id is drawn here and answered; the orders service makes it when it hears of it. */
export const convertToOrder = defineCommand<Offer, { customerReference?: string }>({
  object: 'offer',
  name: 'convertToOrder',
  run: async (work, offer, { customerReference = null }) => {
    const orderId = uuidV7();
    await work.emit(offerConverted, `offer/${offer.id}`, { ...conversionOf(offer, work.carried), orderId, customerReference });
    return { created: [{ object: 'order', id: orderId }] };
  },
});
