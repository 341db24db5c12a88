import fc from 'fast-check';
import type { MoneyDocument } from './document.ts';
import type { MoneyLine } from './line.ts';

/** How many documents a property tries each time: enough to meet every rule, few enough for the check before a commit. */
export const RUNS = 40;

/** A fraction of whole numbers: what amounts are checked against without any decimal library. The denominator is positive. */
export type Rational = { readonly over: bigint; readonly under: bigint };

export function rational(text: string): Rational {
  const [, sign = '', whole = '', part = ''] = /^(-?)(\d*)\.?(\d*)$/.exec(text) ?? [];
  return { over: BigInt(`${sign}${whole}${part}` || '0'), under: 10n ** BigInt(part.length) };
}

export function plus(a: Rational, b: Rational): Rational {
  return { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
}

export function times(a: Rational, b: Rational): Rational {
  return { over: a.over * b.over, under: a.under * b.under };
}

export function over(a: Rational, b: Rational): Rational {
  const sign = b.over < 0n ? -1n : 1n;
  return { over: a.over * b.under * sign, under: a.under * b.over * sign };
}

/** HALF_UP: to the nearest unit, at the half away from zero; in units of `digits`. */
export function rounded({ over: top, under }: Rational, digits: number): bigint {
  const doubled = 2n * top * 10n ** BigInt(digits);
  return doubled < 0n ? -((-doubled + under) / (2n * under)) : (doubled + under) / (2n * under);
}

/** An amount in units of its last digit: `"1.05"` is 105. Its digits must be those of the currency, all written. */
export function units(amount: string, digits: number): bigint {
  const [, part = ''] = amount.split('.');
  if (part.length !== digits) throw new Error(`${amount} is not written with ${digits} digits`);
  return BigInt(amount.replace('.', ''));
}

export function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, each) => total + each, 0n);
}

const DIGITS = { EUR: 2, JPY: 0, KWD: 3 } as const;

/** Decimals of up to `digits` places, written as people and files write them. */
function decimals(max: number, digits: number, min = 0): fc.Arbitrary<string> {
  return fc
    .tuple(fc.integer({ min: 0, max: digits }), fc.integer({ min, max }), fc.nat({ max: 10 ** Math.min(digits, 9) - 1 }))
    .map(([places, whole, part]) => (places === 0 ? String(whole) : `${whole}.${String(part).padStart(9, '0').slice(-places)}`));
}

const vatRates = fc.constantFrom(
  { vatCategory: 'S', vatRate: '19' },
  { vatCategory: 'S', vatRate: '7' },
  { vatCategory: 'S', vatRate: '5.5' },
  { vatCategory: 'Z', vatRate: '0' },
) satisfies fc.Arbitrary<Pick<MoneyLine, 'vatCategory' | 'vatRate'>>;

const adjustments = fc.oneof(
  fc.record({ kind: fc.constantFrom('allowance', 'charge'), percent: decimals(30, 2) }),
  fc.record({ kind: fc.constantFrom('allowance', 'charge'), amount: decimals(9, 2) }),
);

/** A line of an order: quantities are positive, prices have up to 9 decimals. */
export const lines: fc.Arbitrary<MoneyLine> = fc
  .tuple(
    fc.record({
      quantity: decimals(40, 3, 1),
      unitPrice: decimals(300, 9),
      priceBaseQuantity: fc.constantFrom(null, '1', '12', '1000'),
      adjustments: fc.array(adjustments, { maxLength: 2 }),
    }),
    vatRates,
  )
  .map(([line, vat]) => ({ ...line, ...vat }));

export const documents: fc.Arbitrary<MoneyDocument> = fc.record({
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  pricesIncludeTax: fc.boolean(),
  lines: fc.array(lines, { minLength: 1, maxLength: 12 }),
  adjustments: fc.array(
    fc.oneof(
      adjustments,
      fc.tuple(adjustments, vatRates).map(([adjustment, vat]) => ({ ...adjustment, ...vat })),
    ),
    { maxLength: 3 },
  ),
});

export function digitsIn(document: { readonly currency: string }): number {
  return Object.entries(DIGITS).find(([currency]) => currency === document.currency)?.[1] ?? 2;
}
