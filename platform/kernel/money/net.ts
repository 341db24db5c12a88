import { exact } from '../decimal.ts';
import { toCurrency } from './currency.ts';

/** What a line's net amount is made of. Decimal strings; the discount in points (`"15"` is 15 %). */
export type NetLine = {
  readonly quantity: string;
  readonly unitPrice: string;
  readonly discountPercent?: string | null;
};

/**
 * Net amount of a line: quantity × unit price less discount, rounded once, HALF_UP to the currency's digits
 * (EN 16931 BR-LINE rounding: the line's net amount is what later sums are made of).
 */
export function lineNet(line: NetLine, currency: string): string {
  const kept = exact(100)
    .minus(exact(line.discountPercent ?? '0'))
    .div(100);
  return toCurrency(exact(line.quantity).times(exact(line.unitPrice)).times(kept), currency);
}

/** Sum of net amounts of lines (EN 16931 BT-106); already rounded amounts add up exactly. */
export function netTotal(amounts: readonly string[], currency: string): string {
  return toCurrency(
    amounts.reduce((sum, amount) => sum.plus(exact(amount)), exact(0)),
    currency,
  );
}
