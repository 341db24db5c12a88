/** A decimal as whole units of its last digit. */
export type Scaled = { readonly units: bigint; readonly scale: number };

const DECIMAL = /^-?\d{1,20}(\.\d{1,18})?$/;

export function isDecimal(value: unknown): value is string {
  return typeof value === 'string' && DECIMAL.test(value);
}

/** The exact number behind a decimal string. */
export function scaled(text: string): Scaled {
  const [whole = '0', fraction = ''] = text.split('.');
  return { units: BigInt(`${whole}${fraction}`), scale: fraction.length };
}

export function textOfUnits(units: bigint, digits: number): string {
  const text = (units < 0n ? -units : units).toString().padStart(digits + 1, '0');
  const sign = units < 0n ? '-' : '';
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** The exact sum of decimal strings, with the most digits that any of them has. */
export function sumOfDecimals(values: readonly string[]): string {
  const terms = values.map(scaled);
  const scale = Math.max(0, ...terms.map((term) => term.scale));
  return textOfUnits(
    terms.reduce((sum, term) => sum + term.units * 10n ** BigInt(scale - term.scale), 0n),
    scale,
  );
}

/** The exact product of two decimal strings. */
export function productOf(left: string, right: string): string {
  const [a, b] = [scaled(left), scaled(right)];
  return textOfUnits(a.units * b.units, a.scale + b.scale);
}

export function negated(value: string): string {
  return value.startsWith('-') ? value.slice(1) : `-${value}`;
}

/** Below zero, zero or above, as the first is less than, equal to or more than the second. */
export function compareDecimals(left: string, right: string): number {
  const { units } = scaled(sumOfDecimals([left, negated(right)]));
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}

/** Without zeros at the end that say nothing. */
export function plainDecimal(value: string): string {
  return value.includes('.') ? value.replace(/\.?0+$/, '') : value;
}
