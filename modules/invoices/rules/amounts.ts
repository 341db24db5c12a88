import type { Invoice, InvoiceLine } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import type { DocumentAmounts, StoredAmounts, VatAmounts } from '#platform/kernel/money/amounts.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { partAmounts } from '#platform/kernel/money/part.ts';
import { vatOf } from '#platform/kernel/money/record-amounts.ts';
import { trusted } from '#platform/kernel/seam.ts';

/** A line of an invoice and how much of it is credited. */
export type Credited = { readonly line: InvoiceLine; readonly quantity: string };

/**
 * What crediting so much of an issued invoice comes to: from its stored amounts, cumulative over what was credited before, so that credit notes
 * add up to the invoice, and a full one mirrors it. The lines of the answer are those of `credited`, in the invoice's order.
 */
export function creditOf(invoice: Invoice, credited: readonly Credited[]): DocumentAmounts {
  const quantities = new Map(credited.map(({ line, quantity }) => [line.id, quantity]));
  const lines = invoice.lines ?? [];
  const part = partAmounts(
    storedAmounts(invoice),
    lines.map((line) => ({ ordered: line.quantity, done: line.creditClaimed ?? '0', part: quantities.get(line.id) ?? '0' })),
  );
  return { ...part, lines: part.lines.filter((_, index) => quantities.has(lines[index]?.id ?? '')) };
}

function storedAmounts(invoice: Invoice): StoredAmounts {
  return {
    currency: currencyOf(invoice),
    pricesIncludeTax: invoice.pricesIncludeTax ?? false,
    lines: (invoice.lines ?? []).map((line) => ({ ...vatOf(line), amount: line.amount ?? '0' })),
    adjustments: [],
    // The money engine has written these; they come back as they went.
    vat: trusted<readonly VatAmounts[]>(invoice.vat ?? []),
  };
}

/** How much of a line is not on credit notes yet. */
export function openToCredit(line: InvoiceLine): string {
  return exact(line.quantity)
    .minus(line.creditClaimed ?? 0)
    .toFixed();
}
