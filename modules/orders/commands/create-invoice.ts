import type { Claim, Order } from '#metadata/records.gen.ts';
import { plain } from '#platform/kernel/decimal.ts';
import { defineCommand, type Work } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { invoiceRequested } from '../events.ts';
import { askedQuantities, FOR_INVOICE, takeLines, type AskedRow, type Taken } from '../rules/claims.ts';
import { depositsToDeduct, isFinal } from '../rules/deposits.ts';
import { askedOfNote, withInvoiced } from '../rules/delivery-claims.ts';
import { invoiceOf } from '../documents/requests.ts';
import { invoicePart } from '../documents/invoice-part.ts';
import { plus } from '../rules/quantity.ts';

/**
 * Gives some of an order, or what one of its delivery notes delivered, to an invoice: the quantities are counted here, under the order's lock, and the
 * invoices service makes the document, with the id that is answered. The invoice that takes the last of the order deducts its down payments.
 */
export const createInvoice = defineCommand<Order, { lines?: readonly AskedRow[]; deliveryNote?: string }>({
  object: 'order',
  name: 'createInvoice',
  run: async (work, order, input) => {
    const note = input.deliveryNote ? await work.lock<Claim>('claim', input.deliveryNote) : null;
    const asked = askedQuantities(input.lines);
    const taken = takeLines(order, note ? askedOfNote(order, note, asked) : asked, FOR_INVOICE);
    const deposits = isFinal(order, taken) ? depositsToDeduct(await depositsOf(work, order)) : [];
    const invoiceId = uuidV7();
    const part = invoicePart(order, taken, { deposits, carry: work.carried });
    const deliveryDate =
      note?.suppliedOn ?? (await lastShipment(work, order)) ?? order.deliveryDate ?? work.today(order.companyId ?? undefined);
    const kind = deposits.length > 0 ? 'final' : 'standard';
    const head = { invoiceId, kind, deliveryNoteId: note?.id ?? null, deliveryDate } as const;
    await claimInvoice(work, order, { invoiceId, taken, note, netAmount: part.amounts.netTotal });
    for (const deposit of deposits) await work.save('claim', { id: deposit.id, deductedBy: invoiceId });
    await work.emit(invoiceRequested, `order/${order.id}`, invoiceOf(order, head, { ...part, custom: work.carried('order', order) }));
    const claimed = new Map(taken.map(({ line, quantity }) => [line.id, plus(line.invoiceClaimed, quantity)]));
    const counted = (order.lines ?? []).map((line) => ({ ...line, invoiceClaimed: claimed.get(line.id) ?? line.invoiceClaimed ?? null }));
    return { values: { lines: counted }, created: [{ object: 'invoice', id: invoiceId }] };
  },
});

function depositsOf(work: Work, order: Order): Promise<readonly Claim[]> {
  const filter = { orderId: order.id, kind: 'downPayment', state: { in: ['open', 'done'] } };
  return work.query<Claim>('claim', { filter, fields: 'kind,state,deductedBy,amounts', limit: 100 });
}

/** The day on which the last of the order's goods left so far. */
async function lastShipment(work: Work, order: Order): Promise<string | null> {
  const filter = { orderId: order.id, kind: 'delivery', state: 'done', suppliedOn: { isNull: false } };
  const [last] = await work.query<Claim>('claim', { filter, fields: 'suppliedOn', sort: '-suppliedOn', limit: 1 });
  return last?.suppliedOn ?? null;
}

type NewClaim = { readonly invoiceId: string; readonly taken: readonly Taken[]; readonly note: Claim | null; readonly netAmount: string };

async function claimInvoice(work: Work, order: Order, { invoiceId, taken, note, netAmount }: NewClaim): Promise<void> {
  await work.create('claim', invoiceId, {
    orderId: order.id,
    kind: 'invoice',
    state: 'open',
    deliveryNote: note?.id ?? null,
    netAmount,
    lines: taken.map(({ line, quantity }) => ({ orderLine: line.id, quantity: plain(quantity) })),
  });
  if (note) await work.save('claim', { id: note.id, lines: withInvoiced(note, taken) });
}
