import type { Invoice } from '#metadata/records.gen.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';

/** What a document asks for or gives back, as its events say it. */
export function sumsOf(document: Pick<Invoice, 'customerId' | 'netTotal' | 'taxTotal' | 'grossTotal' | 'currency' | 'exchangeRate'>) {
  return {
    customerId: document.customerId,
    netTotal: document.netTotal ?? '0',
    taxTotal: document.taxTotal ?? '0',
    grossTotal: document.grossTotal ?? '0',
    currency: currencyOf(document),
    exchangeRate: document.exchangeRate ?? '1',
  };
}

/** Which invoice an event is of. */
export function ofInvoice(invoice: Pick<Invoice, 'id' | 'orderId' | 'deliveryNoteId'>) {
  return { invoiceId: invoice.id, orderId: invoice.orderId ?? null, deliveryNoteId: invoice.deliveryNoteId ?? null };
}
