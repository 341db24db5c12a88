import * as iso4217 from 'currency-codes';
import { toScale, type Exact } from '../decimal.ts';

const digits = new Map<string, number>();

/**
 * Digits after the point of an ISO 4217 currency: EUR 2, JPY 0, KWD 3. An unknown code counts as 2.
 * The list is the standard's own, not Intl's, which follows what people write and gives HUF and COP none.
 */
export function digitsOf(currency: string): number {
  const known = digits.get(currency);
  if (known !== undefined) return known;
  const found = iso4217.code(currency)?.digits ?? 2;
  digits.set(currency, found);
  return found;
}

/** An amount rounded HALF_UP to the digits of its currency. */
export function toCurrency(amount: string | Exact, currency: string): string {
  return toScale(amount, digitsOf(currency));
}
