import type { Order, ReturnNote } from '#metadata/records.gen.ts';
import { defineDocument } from '#platform/kernel/documents/document.ts';
import { PRINTED_OF_SALES, salesContent, salesNeeds, type SalesFacts } from '#platform/kernel/documents/sales-document.ts';
import { SAMPLE_FACTS, SAMPLE_PRICES, SAMPLE_RECORD } from '#platform/kernel/documents/sample.ts';

type Numbered = readonly Pick<Order, 'id' | 'number'>[];
type Facts = SalesFacts & { readonly order?: Numbered; readonly deliveryNote?: Numbered };

/** What came back of a delivery, and how: the customer's receipt; before that, what goes with the goods. */
export const returnNoteDocument = defineDocument<ReturnNote, Facts>({
  object: 'return_note',
  needs: (returned) => ({
    ...salesNeeds({ ...returned, lines: printedLines(returned) }),
    order: { object: 'order', filter: { id: returned.orderId } },
    deliveryNote: { object: 'delivery_note', filter: { id: returned.deliveryNoteId }, fields: 'number', limit: 1 },
  }),
  content: (returned, facts, language) => {
    const lines = printedLines(returned);
    const [customer] = facts.customer ?? [];
    const printed = salesContent({ ...returned, lines }, facts, { address: customer?.billingAddress ?? returned.billingAddress, language });
    return {
      ...printed,
      lines: printed.lines.map((line, index) => ({
        ...line,
        condition: lines[index]?.condition ?? 'stock',
        text: lines[index]?.reason ?? null,
      })),
      reason: returned.reason,
      customerReference: returned.customerReference ?? null,
      order: { number: facts.order?.[0]?.number ?? null },
      deliveryNote: { number: facts.deliveryNote?.[0]?.number ?? null },
    };
  },
  prints: [
    ...PRINTED_OF_SALES,
    'lines.condition',
    'lines.reason',
    'reason',
    'customerReference',
    'order',
    'deliveryNote',
    'billingAddress',
  ],
  sample: {
    record: {
      ...SAMPLE_RECORD,
      orderId: SAMPLE_RECORD.id,
      deliveryNoteId: SAMPLE_RECORD.id,
      reason: 'Wrong colour',
      customerReference: 'PO 4711',
      billingAddress: SAMPLE_PRICES.shippingAddress,
      lines: SAMPLE_PRICES.lines.map(({ productId, description, quantity, unit }, index) => ({
        deliveryNoteLine: SAMPLE_RECORD.id,
        productId,
        description,
        quantity,
        unit,
        condition: index === 0 ? ('stock' as const) : ('damaged' as const),
        reason: index === 0 ? null : 'Scratched',
      })),
    },
    facts: {
      ...SAMPLE_FACTS,
      order: [{ id: SAMPLE_RECORD.id, number: 'OR-2026-00003' }],
      deliveryNote: [{ id: SAMPLE_RECORD.id, number: 'DN-2026-00005' }],
    },
  },
});

/** What was announced and has not come is not printed. */
function printedLines(returned: ReturnNote) {
  return (returned.lines ?? []).flatMap((line) => (Number(line.quantity ?? 0) > 0 ? [{ ...line, quantity: line.quantity ?? '0' }] : []));
}
