import type { CreditNote, Invoice } from '#metadata/records.gen.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { pricedFigures } from '../rules/facts.ts';
import type { PostingDocument } from './document.ts';

/** What is drawn for a posting, and what the books are kept in. */
type Drawn = { readonly id: string; readonly sourceEvent: string; readonly companyCurrency: string };

type Priced = Pick<
  Invoice,
  'id' | 'number' | 'date' | 'companyId' | 'customerId' | 'customerName' | 'currency' | 'exchangeRate' | 'grossTotal' | 'vat' | 'lines'
>;

/** An invoice as it is posted. */
export function invoiceDocument(invoice: Invoice, drawn: Drawn): PostingDocument {
  return {
    ...common(invoice, drawn),
    event: 'invoiceIssued',
    documentType: 'invoice',
    documentKind: invoice.kind ?? 'standard',
    invoiceId: invoice.id,
    sourceObject: 'invoice',
  };
}

/** A credit note as it is posted; `documentKind` is that of its invoice. */
export function creditNoteDocument(
  note: CreditNote,
  { documentKind, ...drawn }: Drawn & { readonly documentKind: string | null },
): PostingDocument {
  return {
    ...common({ ...note, lines: note.lines ?? [] }, drawn),
    event: 'invoiceCredited',
    documentType: 'creditNote',
    documentKind,
    invoiceId: note.invoiceId,
    sourceObject: 'credit_note',
  };
}

function common(document: Priced, { id, sourceEvent, companyCurrency }: Drawn) {
  const currency = currencyOf(document);
  const rate = document.exchangeRate ?? (currency === companyCurrency ? '1' : null);
  const gross = document.grossTotal ?? '0';
  const priced = { currency, rate: rate ?? '1', grossTotal: gross, vat: document.vat, lines: document.lines ?? [] };
  return {
    id,
    reference: document.number ?? null,
    date: document.date ?? '',
    companyId: document.companyId ?? null,
    customerId: document.customerId,
    customerName: document.customerName ?? null,
    currency,
    exchangeRate: rate,
    gross,
    source: document.id,
    sourceEvent,
    facts: { ...pricedFigures(priced, companyCurrency), openItem: document.id },
  };
}
