import { toScale, type Exact } from '../decimal.ts';

const digits = new Map<string, number>();

/** Digits after the point of an ISO 4217 currency: EUR 2, JPY 0, KWD 3. An unknown code counts as 2. */
export function digitsOf(currency: string): number {
  const known = digits.get(currency);
  if (known !== undefined) return known;
  const found = /^[A-Z]{3}$/.test(currency)
    ? new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits
    : undefined;
  digits.set(currency, found ?? 2);
  return found ?? 2;
}

/** An amount rounded HALF_UP to the digits of its currency. */
export function toCurrency(amount: string | Exact, currency: string): string {
  return toScale(amount, digitsOf(currency));
}
