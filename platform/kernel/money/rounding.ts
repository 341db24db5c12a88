import { exact, plain, toScale, type Exact } from '../decimal.ts';
import { digitsOf } from './currency.ts';

/**
 * How the amount to pay is rounded (EN 16931 BT-114): to multiples of `increment`, which is `"0.05"` for cash in CHF, `"1.00"` in SEK;
 * or by an amount that is given.
 */
export type Rounding =
  | { readonly increment: string; readonly mode?: 'half-up' | 'up' | 'down'; readonly amount?: undefined }
  | { readonly amount: string; readonly increment?: undefined };

const MODES = { up: 0, down: 1, 'half-up': 4 } as const;

/** The nearest multiple of the increment: HALF_UP, or always away from zero (`up`) or towards it (`down`). */
export function roundTo(amount: string | Exact, increment: string, mode: 'half-up' | 'up' | 'down' = 'half-up'): string {
  return plain(exact(amount).div(increment).toDecimalPlaces(0, MODES[mode]).times(increment));
}

/** What is added to an amount so that it can be paid (BT-114). */
export function roundingOf(amount: string | Exact, rounding: Rounding | null | undefined, currency: string): string {
  const digits = digitsOf(currency);
  if (!rounding) return toScale(0, digits);
  if (rounding.increment === undefined) return toScale(rounding.amount, digits);
  return toScale(exact(roundTo(amount, rounding.increment, rounding.mode)).minus(amount), digits);
}
