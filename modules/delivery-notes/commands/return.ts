import type { DeliveryNote } from '#metadata/records.gen.ts';
import { plain } from '#platform/kernel/decimal.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { deliveryReturned } from '../events.ts';
import { asQuantities, partsToReturn, type ReturnedRow } from '../rules/quantities.ts';

/** Goods come back, all or some: the order takes them into stock again. */
export const returnGoods = defineCommand<DeliveryNote, { reason: string; lines?: readonly ReturnedRow[] }>({
  object: 'delivery_note',
  name: 'return',
  run: async (work, note, { reason, lines: asked }) => {
    const lines = note.lines ?? [];
    const coming = partsToReturn(lines, asked);
    const returned = { deliveryNoteId: note.id, orderId: note.orderId, reason, lines: asQuantities(coming) };
    await work.emit(deliveryReturned, `delivery_note/${note.id}`, returned);
    const quantities = new Map(coming.map(({ line, quantity }) => [line.id, quantity]));
    const counted = lines.map((line) => {
      const quantity = quantities.get(line.id);
      return quantity ? { ...line, returned: plain(quantity.plus(line.returned ?? 0)) } : line;
    });
    return { values: { lines: counted } };
  },
});
