import type { DeliveryNote } from '#metadata/records.gen.ts';
import { plain } from '#platform/kernel/decimal.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { deliveryConfirmed, deliveryReturned } from '../events.ts';
import { asQuantities, remarksOf, type RemarkRow } from '../rules/quantities.ts';

type Input = { receivedBy: string; deliveredAt?: string; remark?: string; lines?: readonly RemarkRow[] };

/** Notes who took the goods and when; what was refused comes back. What was damaged stays with the customer until it is returned. */
export const confirmDelivery = defineCommand<DeliveryNote, Input>({
  object: 'delivery_note',
  name: 'confirmDelivery',
  run: async (work, note, { receivedBy, deliveredAt = work.now, remark = null, lines: remarked }) => {
    const lines = note.lines ?? [];
    const remarks = remarksOf(lines, remarked);
    const subject = `delivery_note/${note.id}`;
    const of = { deliveryNoteId: note.id, orderId: note.orderId };
    await work.emit(deliveryConfirmed, subject, { ...of, receivedBy, deliveredAt });
    const refused = lines.flatMap((line) => {
      const quantity = remarks.get(line.id ?? '')?.refused;
      return quantity?.gt(0) ? [{ line, quantity }] : [];
    });
    if (refused.length > 0)
      await work.emit(deliveryReturned, subject, { ...of, reason: remark ?? 'Refused', lines: asQuantities(refused) });
    const counted = lines.map((line) => {
      const found = remarks.get(line.id ?? '');
      if (!found) return line;
      return {
        ...line,
        damaged: plain(found.damaged),
        refused: plain(found.refused),
        returned: plain(found.refused.plus(line.returned ?? 0)),
      };
    });
    return { values: { status: 'delivered', receivedBy, deliveredAt, deliveryRemark: remark, lines: counted } };
  },
});
