import type { Contact, Order } from '#metadata/records.gen.ts';
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

type Facts = SalesFacts & { readonly contact?: readonly Pick<Contact, 'id' | 'name'>[] };

/** The confirmation of an order, as the customer gets it. */
export const orderDocument = defineDocument<Order, Facts>({
  object: 'order',
  needs: (order) => ({
    ...salesNeeds(order),
    ...(order.contactId ? { contact: { object: 'contact', filter: { id: order.contactId } } } : {}),
  }),
  content: (order, facts, language) => ({
    ...salesContent(order, facts, { address: order.billingAddress ?? facts.customer?.[0]?.billingAddress, language }),
    ...priceContent(order),
    version: order.confirmationVersion ?? 1,
    subject: order.subject ?? null,
    customerReference: order.customerReference ?? null,
    deliveryDate: order.deliveryDate ?? null,
    contact: { name: facts.contact?.[0]?.name ?? null },
    shippingAddress: { ...order.shippingAddress },
  }),
  prints: [
    ...PRINTED_OF_SALES,
    ...PRINTED_OF_PRICES,
    'contact',
    'subject',
    'confirmationVersion',
    'customerReference',
    'deliveryDate',
    'billingAddress',
    'shippingAddress',
  ],
  sample: {
    record: {
      ...SAMPLE_RECORD,
      ...SAMPLE_PRICES,
      contactId: SAMPLE_RECORD.id,
      subject: 'Furniture for the new office',
      confirmationVersion: 2,
      customerReference: 'PO 4711',
      deliveryDate: '2026-02-20',
    },
    facts: { ...SAMPLE_FACTS, contact: [{ id: SAMPLE_RECORD.id, name: 'Jonas Grünwald' }] },
  },
});
