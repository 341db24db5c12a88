import type { DeliveryNote } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { deliveryCancelled } from '../events.ts';

/** Gives everything back to the order; only before anything was shipped. */
export const cancel = defineCommand<DeliveryNote, { reason: string }>({
  object: 'delivery_note',
  name: 'cancel',
  run: async (work, note, { reason }) => {
    await work.emit(deliveryCancelled, `delivery_note/${note.id}`, { deliveryNoteId: note.id, orderId: note.orderId, reason });
    return { values: { cancelledReason: reason } };
  },
});
