import type { CreditNote } from '#metadata/records.gen.ts';
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

type Facts = SalesFacts & { readonly invoice?: readonly { readonly number?: string | null; readonly date?: string | null }[] };

/** The credit note as the customer gets it, with the invoice that it corrects. */
export const creditNoteDocument = defineDocument<CreditNote, Facts>({
  object: 'credit_note',
  needs: (note) => ({
    ...salesNeeds(note),
    invoice: { object: 'invoice', filter: { id: note.invoiceId }, fields: 'number,date', limit: 1 },
  }),
  content: (note, facts, language) => ({
    ...salesContent(note, facts, { address: note.billingAddress ?? facts.customer?.[0]?.billingAddress, language }),
    ...priceContent(note),
    reason: note.reason,
    invoice: { number: facts.invoice?.[0]?.number ?? null, date: facts.invoice?.[0]?.date ?? null },
  }),
  prints: [...PRINTED_OF_SALES, ...PRINTED_OF_PRICES, 'reason', 'invoice', 'billingAddress'],
  sample: {
    record: { ...SAMPLE_RECORD, ...SAMPLE_PRICES, invoiceId: SAMPLE_RECORD.id, reason: 'Damaged in transit' },
    facts: { ...SAMPLE_FACTS, invoice: [{ number: 'IN-2026-00017', date: '2026-01-12' }] },
  },
});
