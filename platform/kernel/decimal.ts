import { Decimal } from 'decimal.js';

/** Digits that survive every intermediate step; amounts of 18 digits times quantities of 18 digits fit. */
const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -60, toExpPos: 60 });

/** An exact decimal number. Input is a decimal string or a whole number, never the result of float arithmetic. */
export type Exact = Decimal;

/** Parses a decimal; throws on anything else. */
export function exact(value: string | number | Exact): Exact {
  return new Exact(value);
}

/** Rounds HALF_UP (away from zero at the half, as EN 16931 and German practice do) to `digits`, with all digits written. */
export function toScale(value: string | number | Exact, digits: number): string {
  return exact(value).toFixed(digits, Decimal.ROUND_HALF_UP);
}

/** The plain notation of a decimal: no exponent, no leading plus, no trailing dot. */
export function plain(value: string | number | Exact): string {
  return exact(value).toFixed();
}

/** The exact sum of decimals; of none it is zero. */
export function sumOf(values: Iterable<string | number | Exact>): Exact {
  let sum = new Exact(0);
  for (const value of values) sum = sum.plus(value);
  return sum;
}

/** Whether a text is a decimal in plain notation, such as `-12.50`. */
export function isDecimal(value: unknown): value is string {
  return typeof value === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)$/.test(value);
}
