import { invoiceIssued } from '#modules/invoices/events.ts';
import { onEvent } from '#platform/kernel/module.ts';
import { sized } from '../rules/open-amount.ts';

/** An issued invoice is an open item, with the invoice's id. */
export const openInvoice = onEvent(invoiceIssued, 'openInvoice', async (work, invoice, { time }) => {
  await work.create('open_item', invoice.invoiceId, {
    ...sized('invoice', invoice.grossTotal),
    invoiceId: invoice.invoiceId,
    customerId: invoice.customerId,
    companyId: invoice.companyId,
    // Invoices of before there were payments did not tell all of it.
    date: invoice.date ?? time.slice(0, 10),
    dueDate: invoice.dueDate,
    currency: invoice.currency,
    exchangeRate: invoice.exchangeRate,
    instalments: invoice.instalments,
  });
});
