import type { DeliveryNote } from '#metadata/records.gen.ts';
import { plain } from '#platform/kernel/decimal.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { newReturn } from '../documents/new-return.ts';
import { deliveryConfirmed } from '../events.ts';
import { remarksOf, type RemarkRow } from '../rules/quantities.ts';
import { claimedBy, withClaimed, type Coming } from '../rules/returns.ts';

type Input = { receivedBy: string; deliveredAt?: string; remark?: string; lines?: readonly RemarkRow[] };

/** Notes who took the goods and when; what was refused comes back as a return. What was damaged stays with the customer until it is returned. */
export const confirmDelivery = defineCommand<DeliveryNote, Input>({
  object: 'delivery_note',
  name: 'confirmDelivery',
  run: async (work, note, { receivedBy, deliveredAt = work.now, remark = null, lines: remarked }) => {
    const lines = note.lines ?? [];
    const remarks = remarksOf(lines, remarked);
    const confirmed = { deliveryNoteId: note.id, orderId: note.orderId, receivedBy, deliveredAt };
    await work.emit(deliveryConfirmed, `delivery_note/${note.id}`, confirmed);
    const coming = lines.flatMap((line): readonly Coming[] => {
      const quantity = remarks.get(line.id ?? '')?.refused;
      return quantity?.gt(0) ? [{ line, quantity, condition: 'stock' }] : [];
    });
    const back = coming.length > 0 ? await newReturn(work, note, { coming, reason: remark ?? 'Refused', isAnnounced: false }) : {};
    const counted = lines.map((line) => {
      const found = remarks.get(line.id ?? '');
      return found ? { ...line, damaged: plain(found.damaged), refused: plain(found.refused) } : line;
    });
    const values = { status: 'delivered', receivedBy, deliveredAt, deliveryRemark: remark };
    return { ...back, values: { ...values, lines: withClaimed(counted, claimedBy(coming)) } };
  },
});
