import { lineNet, netTotal } from '#platform/kernel/money/net.ts';

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
    netTotal: netTotal(
      priced.map((line) => line.netAmount),
      currency,
    ),
  };
}

function amountOf(line: PricedLine, currency: string): string {
  return lineNet(
    { quantity: line.quantity ?? '0', unitPrice: line.unitPrice ?? '0', discountPercent: line.discountPercent ?? null },
    currency,
  );
}
