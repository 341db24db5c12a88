import type { DeliveryNote } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';

/** Invoices what was delivered and not invoiced: the order counts it, so that it is asked; it makes the invoice and answers it. */
export const createInvoice = defineCommand<DeliveryNote, Record<string, never>>({
  object: 'delivery_note',
  name: 'createInvoice',
  ask: (owners, note) => owners.command('order', note.orderId, 'createInvoice', { deliveryNote: note.id }),
});
