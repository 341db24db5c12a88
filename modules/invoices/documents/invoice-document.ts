import type { Invoice, InvoiceInstalment, PaymentTerms } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { defineDocument } from '#platform/kernel/documents/document.ts';
import {
  PRINTED_OF_PRICES,
  PRINTED_OF_SALES,
  priceContent,
  salesContent,
  salesNeeds,
  type SalesFacts,
} from '#platform/kernel/documents/sales-document.ts';
import { SAMPLE_FACTS, SAMPLE_PRICES, SAMPLE_RECORD } from '#platform/kernel/documents/sample.ts';

type Facts = SalesFacts & { readonly terms?: readonly PaymentTerms[] };

/** The invoice as the customer gets it. */
export const invoiceDocument = defineDocument<Invoice, Facts>({
  object: 'invoice',
  needs: (invoice) => ({
    ...salesNeeds(invoice),
    ...(invoice.paymentTermsId ? { terms: { object: 'payment_terms', filter: { id: invoice.paymentTermsId } } } : {}),
  }),
  content: (invoice, facts, language) => ({
    ...salesContent(invoice, facts, { address: invoice.billingAddress ?? facts.customer?.[0]?.billingAddress, language }),
    ...priceContent(invoice),
    kind: invoice.kind ?? 'standard',
    dueDate: invoice.dueDate ?? null,
    instalments: (invoice.paymentSchedule ?? []).map(instalmentContent),
    customerReference: invoice.customerReference ?? null,
    terms: { name: facts.terms?.[0]?.name ?? null, days: facts.terms?.[0]?.days ?? null },
  }),
  prints: [
    ...PRINTED_OF_SALES,
    ...PRINTED_OF_PRICES,
    'kind',
    'dueDate',
    'paymentSchedule',
    'customerReference',
    'paymentTerms',
    'billingAddress',
  ],
  sample: {
    record: {
      ...SAMPLE_RECORD,
      ...SAMPLE_PRICES,
      kind: 'standard',
      dueDate: '2026-02-14',
      paymentSchedule: [{ dueDate: '2026-02-14', amount: '3094.89', discountAmount: '61.90', discountDate: '2026-02-07' }],
      customerReference: 'PO 4711',
      paymentTermsId: SAMPLE_RECORD.id,
    },
    facts: {
      ...SAMPLE_FACTS,
      terms: [{ ...SAMPLE_RECORD, name: '14 days net', basis: 'invoiceDate', days: 14, standard: true }],
    },
  },
});

/** What is to be paid until when, and how much is enough for who pays early. */
function instalmentContent({ dueDate, amount, discountAmount, discountDate }: InvoiceInstalment): {
  readonly [name: string]: string | null;
} {
  return {
    dueDate,
    amount,
    discountDate: discountDate ?? null,
    discountAmount: discountAmount ?? null,
    discounted: discountAmount ? exact(amount).minus(discountAmount).toFixed() : null,
  };
}
