import { exact, type Exact } from '../decimal.ts';
import { digitsOf } from './currency.ts';
import { fractionOf, fromUnits, roundedFraction, sumUnits, toUnits, type Fraction } from './units.ts';
import type { VatTreatment } from './vat-category.ts';

/**
 * An allowance (EN 16931 BG-20, BG-27) or charge (BG-21, BG-28): an amount, or a percentage in points of `baseAmount`
 * (BT-93, BT-137), which is what it stands on when left out.
 */
export type Adjustment = {
  readonly kind: 'allowance' | 'charge';
  readonly amount?: string | null;
  readonly percent?: string | null;
  readonly baseAmount?: string | null;
  readonly reason?: string | null;
};

/** What the amount of a line is made of (EN 16931 BG-25). */
export type PricedLine = {
  /** BT-129; negative in what is taken back. */
  readonly quantity: string;
  /** BT-146, or the price with tax where prices include it; up to 9 decimals. */
  readonly unitPrice: string;
  /** BT-149: the price is for that many; 1 when left out. */
  readonly priceBaseQuantity?: string | null;
  readonly adjustments?: readonly Adjustment[] | null;
};

/** A line of a document with its VAT. */
export type MoneyLine = PricedLine & VatTreatment;

/** A line's amount in the terms of its price, and what each of its allowances and charges came to. */
export type LineAmount = { readonly amount: string; readonly adjustments: readonly string[] };

/**
 * EN 16931 BT-131: quantity × price / base quantity − allowances + charges, rounded once, HALF_UP to the currency's digits.
 * Allowances and charges are amounts of the document, so each is rounded itself (BR-DEC-24, BR-DEC-27).
 */
export function lineAmount(line: PricedLine, currency: string): LineAmount {
  const digits = digitsOf(currency);
  const priced = product(line);
  const adjustments = (line.adjustments ?? []).map((each) => ({ kind: each.kind, units: adjustmentUnits(each, priced, digits) }));
  const change = sumUnits(adjustments.map(({ kind, units }) => (kind === 'allowance' ? -units : units)));
  const unit = 10n ** BigInt(digits);
  const amount = roundedFraction(priced.over * unit + change * priced.under, priced.under);
  return { amount: fromUnits(amount, digits), adjustments: adjustments.map(({ units }) => fromUnits(units, digits)) };
}

/** What an allowance or charge comes to on a base, as the positive number that documents show. */
export function adjustmentAmount(adjustment: Adjustment, base: string, currency: string): string {
  const digits = digitsOf(currency);
  return fromUnits(adjustmentUnits(adjustment, fractionOf(base), digits), digits);
}

/** An allowance lowers what it stands on, a charge raises it. */
export function signed(kind: Adjustment['kind'], amount: string | Exact): Exact {
  return kind === 'allowance' ? exact(amount).negated() : exact(amount);
}

function product({ quantity, unitPrice, priceBaseQuantity }: PricedLine): Fraction {
  const [count, price, base] = [fractionOf(quantity), fractionOf(unitPrice), fractionOf(priceBaseQuantity ?? '1')];
  return { over: count.over * price.over * base.under, under: count.under * price.under * base.over };
}

function adjustmentUnits({ amount, percent, baseAmount }: Adjustment, base: Fraction, digits: number): bigint {
  if (amount) return toUnits(amount, digits);
  const of = baseAmount ? fractionOf(baseAmount) : base;
  const points = fractionOf(percent ?? '0');
  return roundedFraction(of.over * points.over * 10n ** BigInt(digits), of.under * points.under * 100n);
}
