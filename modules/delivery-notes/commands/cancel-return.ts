import type { DeliveryNote, ReturnNote } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { byNoteLine, withClaimed } from '../rules/returns.ts';

/** Goods that were announced do not come: they may be returned another time. */
export const cancelReturn = defineCommand<ReturnNote, { reason: string }>({
  object: 'return_note',
  name: 'cancel',
  run: async (work, returned, { reason }) => {
    const note = await work.lock<DeliveryNote>('delivery_note', returned.deliveryNoteId);
    const announced = byNoteLine(returned.lines ?? [], 'announced');
    const less = new Map([...announced].map(([id, quantity]) => [id, quantity.negated()]));
    await work.save('delivery_note', { id: note.id, lines: withClaimed(note.lines ?? [], less) });
    return { values: { cancelledReason: reason } };
  },
});
