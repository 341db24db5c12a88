import type { Invoice } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { invoiceDiscarded } from '../events.ts';
import { orderQuantities } from '../rules/order-quantities.ts';
import { ofInvoice } from '../rules/sums.ts';

/** Throws a draft away; what is on it may be invoiced again. */
export const cancelDraft = defineCommand<Invoice, Record<string, never>>({
  object: 'invoice',
  name: 'cancelDraft',
  run: async (work, invoice) => {
    await work.emit(invoiceDiscarded, `invoice/${invoice.id}`, {
      ...ofInvoice(invoice),
      lines: orderQuantities(invoice.lines),
    });
    return undefined;
  },
});
