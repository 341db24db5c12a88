import { sumOf } from '#platform/kernel/decimal.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { lineAmount } from '#platform/kernel/money/line.ts';

/** What of a line its amount depends on. */
export type PricedLine = {
  readonly quantity?: string | null;
  readonly unitPrice?: string | null;
  readonly discountPercent?: string | null;
};

/** Lines with their net amounts, and the sum of these. A line without a price counts as zero. */
export function totalsOf<L extends PricedLine>(
  lines: readonly L[],
  currency: string,
): { lines: readonly (L & { netAmount: string })[]; netTotal: string } {
  const priced = lines.map((line) => ({ ...line, netAmount: amountOf(line, currency) }));
  return {
    lines: priced,
    netTotal: toCurrency(sumOf(priced.map((line) => line.netAmount)), currency),
  };
}

function amountOf({ quantity, unitPrice, discountPercent }: PricedLine, currency: string): string {
  const adjustments = discountPercent ? [{ kind: 'allowance', percent: discountPercent } as const] : [];
  return lineAmount({ quantity: quantity ?? '0', unitPrice: unitPrice ?? '0', adjustments }, currency).amount;
}
