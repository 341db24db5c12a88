import { deliveryRequested } from '#modules/orders/events.ts';
import { onEvent } from '#platform/kernel/module.ts';

/** Makes the delivery note that an order asked for, with the id that the order drew. */
export const createDeliveryNote = onEvent(
  deliveryRequested,
  'createDeliveryNote',
  async (work, { deliveryNoteId, lines, custom, ...order }) => {
    await work.create('delivery_note', deliveryNoteId, {
      ...order,
      ...work.takenOver('delivery_note', custom),
      lines: lines.map(({ orderLineId, custom: added, ...line }) => ({
        ...line,
        ...work.takenOver('delivery_note_line', added),
        orderLine: orderLineId,
        claimed: line.quantity,
      })),
    });
  },
);
