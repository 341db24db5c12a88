import type { DocumentAmounts } from './amounts.ts';
import { currencyOf } from './currency.ts';
import { documentAmounts } from './document.ts';
import type { VatCategory, VatTreatment } from './vat-category.ts';

/** A line in the words in which records of orders and invoices keep it. */
export type RecordLine = {
  readonly quantity: string;
  readonly unitPrice?: string | null;
  readonly priceBaseQuantity?: string | null;
  readonly discountPercent?: string | null;
} & RecordVat;

/** The VAT of a line as records keep it: empty while nobody has decided it. */
export type RecordVat = { readonly vatCategory?: VatCategory | null } & Omit<VatTreatment, 'vatCategory'>;

/** A document as its record keeps it. */
export type RecordDocument<Line extends RecordLine> = {
  readonly currency?: string | null;
  readonly pricesIncludeTax?: boolean | null;
  readonly lines?: readonly Line[] | null;
};

/** The VAT of a line; one without a category counts as not subject to it (O). */
export function vatOf(line: RecordVat): VatTreatment {
  return {
    vatCategory: line.vatCategory ?? 'O',
    vatRate: line.vatCategory ? (line.vatRate ?? null) : null,
    vatExemptionCode: line.vatExemptionCode ?? null,
    vatExemptionReason: line.vatExemptionReason ?? null,
  };
}

/** All amounts of a document, its lines in their order. A line without a price counts as zero. */
export function recordAmounts(document: RecordDocument<RecordLine>): DocumentAmounts {
  return documentAmounts({
    currency: currencyOf(document),
    pricesIncludeTax: document.pricesIncludeTax ?? false,
    lines: (document.lines ?? []).map((line) => ({
      quantity: line.quantity,
      unitPrice: line.unitPrice ?? '0',
      priceBaseQuantity: line.priceBaseQuantity ?? null,
      adjustments: line.discountPercent ? [{ kind: 'allowance', percent: line.discountPercent }] : [],
      ...vatOf(line),
    })),
  });
}

/** What a record keeps of its amounts: those of each line, the VAT by category and rate, and the totals. */
export function amountValues<Line extends RecordLine>(document: RecordDocument<Line>) {
  const { lines, vat, netTotal, taxTotal, grossTotal } = recordAmounts(document);
  const withAmounts = (document.lines ?? []).map((line, index) => ({ ...line, ...lineValues(lines[index]) }));
  return { lines: withAmounts, vat, netTotal, taxTotal, grossTotal };
}

/** What the record of a line keeps of its amounts. */
export function lineValues(amounts: DocumentAmounts['lines'][number] | undefined) {
  return {
    amount: amounts?.amount ?? null,
    netAmount: amounts?.netAmount ?? null,
    taxAmount: amounts?.taxAmount ?? null,
    grossAmount: amounts?.grossAmount ?? null,
  };
}
