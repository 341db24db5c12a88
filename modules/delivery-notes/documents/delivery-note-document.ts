import type { DeliveryNote, Order } from '#metadata/records.gen.ts';
import { defineDocument } from '#platform/kernel/documents/document.ts';
import { PRINTED_OF_SALES, salesContent, salesNeeds, type SalesFacts } from '#platform/kernel/documents/sales-document.ts';
import { SAMPLE_FACTS, SAMPLE_PRICES, SAMPLE_RECORD } from '#platform/kernel/documents/sample.ts';

type Facts = SalesFacts & { readonly order?: readonly Pick<Order, 'id' | 'number'>[] };

/** What goes with the goods: no prices. */
export const deliveryNoteDocument = defineDocument<DeliveryNote, Facts>({
  object: 'delivery_note',
  needs: (note) => ({ ...salesNeeds(note), order: { object: 'order', filter: { id: note.orderId } } }),
  content: (note, facts, language) => {
    const [customer] = facts.customer ?? [];
    const address = note.shippingAddress ?? customer?.shippingAddress ?? customer?.billingAddress;
    return {
      ...salesContent(note, facts, { address, language }),
      customerReference: note.customerReference ?? null,
      order: { number: facts.order?.[0]?.number ?? null },
      carrier: note.carrier ?? null,
      trackingNumber: note.trackingNumber ?? null,
    };
  },
  prints: [...PRINTED_OF_SALES, 'customerReference', 'order', 'shippingAddress', 'carrier', 'trackingNumber'],
  sample: {
    record: {
      ...SAMPLE_RECORD,
      orderId: SAMPLE_RECORD.id,
      customerReference: 'PO 4711',
      carrier: 'Parcel service',
      trackingNumber: '00340434161094042557',
      shippingAddress: SAMPLE_PRICES.shippingAddress,
      lines: SAMPLE_PRICES.lines.map(({ productId, description, quantity, unit }) => ({
        orderLine: SAMPLE_RECORD.id,
        productId,
        description,
        quantity,
        unit,
      })),
    },
    facts: { ...SAMPLE_FACTS, order: [{ id: SAMPLE_RECORD.id, number: 'OR-2026-00003' }] },
  },
});
