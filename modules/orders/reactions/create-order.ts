import { offerConverted } from '#modules/offers/events.ts';
import { onEvent } from '#platform/kernel/module.ts';

/** Makes the order that an offer was converted to, with the id that the offer drew. */
export const createOrder = onEvent(offerConverted, 'createOrder', async (work, { orderId, lines, custom, ...offer }) => {
  await work.create('order', orderId, {
    ...offer,
    ...work.takenOver('order', custom),
    lines: lines.map(({ offerLineId, custom: added, ...line }) => ({
      ...line,
      ...work.takenOver('order_line', added),
      offerLine: offerLineId,
    })),
  });
});
