import type { DeliveryNote, ReturnNote } from '#metadata/records.gen.ts';
import { exact, plain } from '#platform/kernel/decimal.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { deliveryReturned } from '../events.ts';
import { asReturned, byNoteLine, receivedLines, withClaimed, type ReturnedRow } from '../rules/returns.ts';

/**
 * The goods of a return are here: it draws its number (declared in the metadata) and cannot change any more. The order takes into stock again
 * what is as new; what was announced and has not come may come back another time.
 */
export const receive = defineCommand<ReturnNote, { lines?: readonly ReturnedRow[] }>({
  object: 'return_note',
  name: 'receive',
  run: async (work, returned, { lines: rows }) => {
    const note = await work.lock<DeliveryNote>('delivery_note', returned.deliveryNoteId);
    const announced = byNoteLine(returned.lines ?? [], 'announced');
    const lines = receivedLines(returned.lines ?? [], rows);
    const come = byNoteLine(lines, 'quantity');
    const missing = new Map([...announced].map(([id, quantity]) => [id, (come.get(id) ?? exact(0)).minus(quantity)]));
    const counted = withClaimed(note.lines ?? [], missing).map((line) => {
      const quantity = come.get(line.id ?? '');
      return quantity ? { ...line, returned: plain(quantity.plus(line.returned ?? 0)) } : line;
    });
    await work.save('delivery_note', { id: note.id, lines: counted });
    await work.emit(deliveryReturned, `delivery_note/${note.id}`, {
      deliveryNoteId: note.id,
      orderId: note.orderId,
      returnNoteId: returned.id,
      reason: returned.reason,
      lines: asReturned(lines),
    });
    return { values: { lines, receivedAt: work.now, date: work.today(returned.companyId ?? undefined) } };
  },
});
