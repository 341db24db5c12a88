import { invoiceRequested } from '#modules/orders/events.ts';
import { onEvent } from '#platform/kernel/module.ts';

/** Makes the invoice that an order asked for, as a draft, with the id that the order drew and the amounts that it came to. */
export const createInvoice = onEvent(invoiceRequested, 'createInvoice', async (work, { invoiceId, lines, custom, ...order }) => {
  await work.create('invoice', invoiceId, {
    ...order,
    ...work.takenOver('invoice', custom),
    lines: lines.map(({ custom: added, ...line }) => ({ ...line, ...work.takenOver('invoice_line', added) })),
  });
});
