import type { Invoice, InvoiceLine } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import type { DocumentAmounts, StoredAmounts, VatAmounts } from '#platform/kernel/money/amounts.ts';
import { documentAmounts } from '#platform/kernel/money/document.ts';
import { partAmounts } from '#platform/kernel/money/part.ts';
import { trusted } from '#platform/kernel/seam.ts';

/** The currency of an invoice that names none and whose company is unknown. */
const CURRENCY_DEFAULT = 'EUR';

/** The currency an invoice is in. */
export function currencyOf(invoice: { readonly currency?: string | null }): string {
  return invoice.currency ?? CURRENCY_DEFAULT;
}

/** The first currency that is named. */
export function chooseCurrency(...candidates: readonly (string | null | undefined)[]): string {
  return candidates.find((candidate) => typeof candidate === 'string' && candidate !== '') ?? CURRENCY_DEFAULT;
}

/** All amounts of an invoice that somebody writes freely. Those that come from an order carry what the order's money came to. */
export function amountsOf(invoice: Pick<Invoice, 'currency' | 'pricesIncludeTax' | 'lines'>): DocumentAmounts {
  return documentAmounts({
    currency: currencyOf(invoice),
    pricesIncludeTax: invoice.pricesIncludeTax ?? false,
    lines: (invoice.lines ?? []).map((line) => ({
      quantity: line.quantity,
      unitPrice: line.unitPrice ?? '0',
      priceBaseQuantity: line.priceBaseQuantity ?? null,
      adjustments: line.discountPercent ? [{ kind: 'allowance', percent: line.discountPercent }] : [],
      ...vatOf(line),
    })),
  });
}

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

function vatOf(line: InvoiceLine) {
  return {
    vatCategory: line.vatCategory ?? 'O',
    vatRate: line.vatCategory ? (line.vatRate ?? null) : null,
    vatExemptionCode: line.vatExemptionCode ?? null,
    vatExemptionReason: line.vatExemptionReason ?? null,
  };
}

/** Whether a line still has something to credit. */
export function openToCredit(line: InvoiceLine): string {
  return exact(line.quantity)
    .minus(line.creditClaimed ?? 0)
    .toFixed();
}
