import type { Contact, Offer } from '#metadata/records.gen.ts';
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

/** The offer as it is sent. */
export const offerDocument = defineDocument<Offer, Facts>({
  object: 'offer',
  needs: (offer) => ({
    ...salesNeeds(offer),
    ...(offer.contactId ? { contact: { object: 'contact', filter: { id: offer.contactId } } } : {}),
  }),
  content: (offer, facts, language) => ({
    ...salesContent(offer, facts, { address: facts.customer?.[0]?.billingAddress, language }),
    ...priceContent(offer),
    subject: offer.subject ?? null,
    introduction: offer.introduction ?? null,
    terms: offer.terms ?? null,
    validUntil: offer.validUntil ?? null,
    revision: offer.revision ?? null,
    externalReference: offer.externalReference ?? null,
    contact: { name: facts.contact?.[0]?.name ?? null },
    shippingAddress: { ...offer.shippingAddress },
  }),
  prints: [
    ...PRINTED_OF_SALES,
    ...PRINTED_OF_PRICES,
    'contact',
    'subject',
    'introduction',
    'terms',
    'validUntil',
    'revision',
    'externalReference',
    'shippingAddress',
  ],
  sample: {
    record: {
      ...SAMPLE_RECORD,
      ...SAMPLE_PRICES,
      contactId: SAMPLE_RECORD.id,
      subject: 'Furniture for the new office',
      introduction: 'Thank you for your enquiry.\nWe are glad to offer you:',
      terms: 'Payable within 14 days.\nDelivery free to the kerb.',
      validUntil: '2026-03-31',
      revision: 2,
      externalReference: 'RFQ 12',
    },
    facts: { ...SAMPLE_FACTS, contact: [{ id: SAMPLE_RECORD.id, name: 'Jonas Grünwald' }] },
  },
});
