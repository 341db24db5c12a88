import type { Order, OrderLine } from '#metadata/records.gen.ts';
import type { DocumentAmounts } from '#platform/kernel/money/amounts.ts';
import { documentAmounts } from '#platform/kernel/money/document.ts';
import type { MoneyLine } from '#platform/kernel/money/line.ts';

/** The currency of an order that names none and whose company is unknown. */
const CURRENCY_DEFAULT = 'EUR';

/** The currency an order is in: its own, which `fillLines` sets on every save. */
export function currencyOf(order: { readonly currency?: string | null }): string {
  return order.currency ?? CURRENCY_DEFAULT;
}

/** The first currency that is named: the order's, the customer's, the company's. */
export function chooseCurrency(...candidates: readonly (string | null | undefined)[]): string {
  return candidates.find((candidate) => typeof candidate === 'string' && candidate !== '') ?? CURRENCY_DEFAULT;
}

/** All amounts of an order, its lines in their order. A line without a price counts as zero, one without a VAT category as not subject to it. */
export function amountsOf(order: Pick<Order, 'currency' | 'pricesIncludeTax' | 'lines'>): DocumentAmounts {
  return documentAmounts({
    currency: currencyOf(order),
    pricesIncludeTax: order.pricesIncludeTax ?? false,
    lines: (order.lines ?? []).map(moneyLine),
  });
}

function moneyLine(line: OrderLine): MoneyLine {
  const { vatCategory } = line;
  return {
    quantity: line.quantity,
    unitPrice: line.unitPrice ?? '0',
    priceBaseQuantity: line.priceBaseQuantity ?? null,
    adjustments: line.discountPercent ? [{ kind: 'allowance', percent: line.discountPercent }] : [],
    vatCategory: vatCategory ?? 'O',
    vatRate: vatCategory ? (line.vatRate ?? null) : null,
    vatExemptionCode: line.vatExemptionCode ?? null,
    vatExemptionReason: line.vatExemptionReason ?? null,
  };
}
