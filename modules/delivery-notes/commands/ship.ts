import type { DeliveryNote, Order } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { shipmentDispatched } from '../events.ts';
import { refuseHeld } from '../rules/order-state.ts';
import { asQuantities, partsToShip } from '../rules/quantities.ts';

/** The goods leave: the note draws its number (declared in the metadata) and cannot change any more; the order takes them from stock. */
export const ship = defineCommand<DeliveryNote, { carrier?: string; trackingNumber?: string }>({
  object: 'delivery_note',
  name: 'ship',
  run: async (work, note, { carrier, trackingNumber }) => {
    refuseHeld(await work.get<Order>('order', note.orderId));
    const lines = note.lines ?? [];
    const date = work.today(note.companyId ?? undefined);
    const dispatched = { deliveryNoteId: note.id, orderId: note.orderId, lines: asQuantities(partsToShip(lines)), shippedOn: date };
    await work.emit(shipmentDispatched, `delivery_note/${note.id}`, dispatched);
    return {
      values: {
        shippedAt: work.now,
        date,
        lines: lines.map((line) => ({ ...line, shipped: line.quantity })),
        ...(carrier === undefined ? {} : { carrier }),
        ...(trackingNumber === undefined ? {} : { trackingNumber }),
      },
    };
  },
});
