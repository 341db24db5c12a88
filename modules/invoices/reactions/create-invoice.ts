import { invoiceRequested } from '#modules/orders/events.ts';
import { onEvent } from '#platform/kernel/module.ts';

/** Makes the invoice that an order asked for, as a draft, with the id that the order drew and the amounts that it came to. */
export const createInvoice = onEvent(invoiceRequested, 'createInvoice', async (work, { invoiceId, ...order }) => {
  await work.create('invoice', invoiceId, order);
});
