import type { DeliveryNote } from '#metadata/records.gen.ts';
import { invoiceCredited, invoiceDiscarded } from '#modules/invoices/events.ts';
import { invoiceRequested } from '#modules/orders/events.ts';
import { exact, plain, type Exact } from '#platform/kernel/decimal.ts';
import { onEvent, type Work } from '#platform/kernel/module.ts';

type Quantity = { readonly orderLineId: string; readonly quantity: string };

/** An invoice of what this note delivered is on its way. */
export const countInvoiced = onEvent(invoiceRequested, 'countInvoiced', async (work, { deliveryNoteId, lines }) => {
  const quantities = lines.flatMap((line) => (line.orderLine ? [{ orderLineId: line.orderLine, quantity: line.quantity }] : []));
  await count(work, deliveryNoteId, quantities, (invoiced, quantity) => invoiced.plus(quantity));
});

/** A draft invoice of it was thrown away. */
export const countDiscarded = onEvent(invoiceDiscarded, 'countDiscarded', async (work, { deliveryNoteId, lines }) => {
  await count(work, deliveryNoteId, lines, (invoiced, quantity) => invoiced.minus(quantity));
});

/** An invoice of it was credited, and may be written again. */
export const countCredited = onEvent(invoiceCredited, 'countCredited', async (work, { deliveryNoteId, lines }) => {
  await count(work, deliveryNoteId, lines, (invoiced, quantity) => invoiced.minus(quantity));
});

async function count(
  work: Work,
  noteId: string | null,
  quantities: readonly Quantity[],
  next: (invoiced: Exact, quantity: string) => Exact,
): Promise<void> {
  if (noteId === null) return;
  const note = await work.lock<DeliveryNote>('delivery_note', noteId);
  const byLine = new Map(quantities.map((each) => [each.orderLineId, each.quantity]));
  await work.save('delivery_note', {
    id: note.id,
    lines: (note.lines ?? []).map((line) => {
      const quantity = byLine.get(line.orderLine ?? '');
      return quantity ? { ...line, invoiced: plain(next(exact(line.invoiced ?? 0), quantity)) } : line;
    }),
  });
}
