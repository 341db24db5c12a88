import { exact, toScale, type Exact } from '../decimal.ts';

/** A decimal as a fraction of whole numbers; `under` is a power of ten. */
export type Fraction = { readonly over: bigint; readonly under: bigint };

/** Digits on both sides of the point, if there is one. */
const PLAIN = /^-?\d+(\.\d+)?$/;

/** An amount in units of its currency's last digit: 12.5 EUR are 1250. What has more digits is rounded HALF_UP. */
export function toUnits(amount: string | Exact, digits: number): bigint {
  const text = typeof amount === 'string' && PLAIN.test(amount) && digitsWritten(amount) === digits ? amount : toScale(amount, digits);
  return BigInt(text.replace('.', ''));
}

/** The amount of so many units, with all digits written. */
export function fromUnits(units: bigint, digits: number): string {
  if (digits === 0) return String(units);
  const text = String(units < 0n ? -units : units).padStart(digits + 1, '0');
  return `${units < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** A decimal, such as a price, rate or weight, as a fraction. */
export function fractionOf(value: string | Exact): Fraction {
  const text = typeof value === 'string' && PLAIN.test(value) ? value : exact(value).toFixed();
  const places = digitsWritten(text);
  return { over: BigInt(text.replace('.', '')), under: places === 0 ? 1n : 10n ** BigInt(places) };
}

/** The sum of whole numbers. */
export function sumUnits(values: Iterable<bigint>): bigint {
  let sum = 0n;
  for (const value of values) sum += value;
  return sum;
}

/** HALF_UP: the nearest whole number to a fraction, at the half away from zero. */
export function roundedFraction(over: bigint, under: bigint): bigint {
  const [top, bottom] = under < 0n ? [-over, -under] : [over, under];
  const doubled = 2n * (top < 0n ? -top : top) + bottom;
  const size = doubled / (2n * bottom);
  return top < 0n ? -size : size;
}

function digitsWritten(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}
