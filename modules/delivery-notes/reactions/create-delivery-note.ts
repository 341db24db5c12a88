import { deliveryRequested } from '#modules/orders/events.ts';
import { onEvent } from '#platform/kernel/module.ts';

/** Makes the delivery note that an order asked for, with the id that the order drew. */
export const createDeliveryNote = onEvent(deliveryRequested, 'createDeliveryNote', async (work, { deliveryNoteId, lines, ...order }) => {
  await work.create('delivery_note', deliveryNoteId, {
    ...order,
    lines: lines.map(({ orderLineId, ...line }) => ({ ...line, orderLine: orderLineId, claimed: line.quantity })),
  });
});
