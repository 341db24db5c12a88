import type { DeliveryNote } from '#metadata/records.gen.ts';
import { plain } from '#platform/kernel/decimal.ts';
import type { CommandResult, Work } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import type { Coming } from '../rules/returns.ts';

/** A return that is to be: what comes back and why; one that is only announced waits to be received. */
type NewReturn = { readonly coming: readonly Coming[]; readonly reason: string; readonly isAnnounced: boolean };

/** Makes the return of some of a delivery note, which counts it; goods that are here are received at once. */
export async function newReturn(
  work: Work,
  note: DeliveryNote,
  made: NewReturn,
): Promise<Required<Pick<CommandResult, 'created' | 'followedBy'>>> {
  const { coming, reason, isAnnounced } = made;
  const id = uuidV7();
  const carried = work.carried('delivery_note', note);
  await work.create('return_note', id, {
    deliveryNoteId: note.id,
    orderId: note.orderId,
    customerId: note.customerId,
    companyId: note.companyId ?? null,
    ownerId: note.ownerId ?? null,
    warehouseId: note.warehouseId ?? null,
    customerReference: note.customerReference ?? null,
    date: work.today(note.companyId ?? undefined),
    reason,
    billingAddress: note.shippingAddress ?? null,
    ...work.takenOver('return_note', carried),
    lines: coming.map(({ line, quantity, condition }) => ({
      ...work.takenOver('return_note_line', work.carried('delivery_note_line', line)),
      deliveryNoteLine: line.id,
      orderLine: line.orderLine ?? null,
      productId: line.productId ?? null,
      description: line.description ?? null,
      unit: line.unit ?? null,
      announced: plain(quantity),
      quantity: plain(quantity),
      condition,
    })),
  });
  const receive = { object: 'return_note', id, command: 'receive', input: {} } as const;
  return { created: [{ object: 'return_note', id }], followedBy: isAnnounced ? [] : [receive] };
}
