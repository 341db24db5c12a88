import type { DeliveryNote, ReturnNote } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { keptOf } from '../rules/kept.ts';
import { asReturned } from '../rules/returns.ts';

/** An order has no more delivery notes than this whose quantities are added up. */
const NOTES_MAX = 1000;

/**
 * Credits what came back and was invoiced: invoices knows what that is, as far as it hears what stays with the customer, so that it is asked.
 * A draft for each invoice that is concerned; however often it is asked for, no more than came back.
 */
export const createCreditNote = defineCommand<ReturnNote, Record<string, never>>({
  object: 'return_note',
  name: 'createCreditNote',
  ask: async (owners, returned) => {
    const filter = { orderId: returned.orderId, shippedAt: { isNull: false } };
    const notes = await owners.query<DeliveryNote>('delivery_note', { filter, fields: 'lines', limit: NOTES_MAX });
    const quantities = asReturned(returned.lines ?? []).map(({ orderLineId, quantity }) => ({
      orderLineId,
      quantity,
      kept: keptOf(notes, orderLineId),
    }));
    return owners.command('credit_note', null, 'createForReturn', { returnNote: returned.id, quantities });
  },
});
