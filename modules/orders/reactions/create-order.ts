import { offerConverted } from '#modules/offers/events.ts';
import { onEvent } from '#platform/kernel/module.ts';

/** Makes the order that an offer was converted to, with the id that the offer drew. */
export const createOrder = onEvent(offerConverted, 'createOrder', async (work, { orderId, lines, ...offer }) => {
  await work.create('order', orderId, {
    ...offer,
    lines: lines.map(({ offerLineId, ...line }) => ({ ...line, offerLine: offerLineId })),
  });
});
