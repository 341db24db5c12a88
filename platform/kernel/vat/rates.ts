import { Refusal } from '../errors.ts';
import type { VatCategory } from '../money/vat-category.ts';

/** Which of a country's rates one is. */
export type RateKind = 'standard' | 'reduced' | 'second-reduced' | 'super-reduced' | 'parking' | 'zero';

/** A rate of a country with its dates, both included. Points: `"19"`. */
export type VatRate = {
  /** Of the record that it is; absent for one that comes with the product. */
  readonly id?: string;
  readonly name?: string | null;
  readonly country: string;
  readonly kind: RateKind;
  readonly percent: string;
  /** Under which code of EN 16931 it is shown; left out, S. */
  readonly vatCategory?: VatCategory | null;
  readonly validFrom?: string | null;
  readonly validUntil?: string | null;
  /** Where it is laid down. */
  readonly source?: string;
};

/**
 * The rate of a kind in a country on a day (the day of the supply, not of the invoice). A country without that kind taxes at its standard
 * rate, which the answer's `kind` tells. Refused when the country has no standard rate on that day.
 */
export function rateOn(rates: readonly VatRate[], country: string, kind: RateKind, day: string): VatRate {
  const holding = rates.filter(
    (rate) => rate.country === country && (rate.validFrom ?? '') <= day && day <= (rate.validUntil ?? '9999-12-31'),
  );
  const latest = (wanted: RateKind): VatRate | undefined =>
    holding.filter((rate) => rate.kind === wanted).toSorted((a, b) => (b.validFrom ?? '').localeCompare(a.validFrom ?? ''))[0];
  const found = latest(kind) ?? latest('standard');
  if (found) return found;
  throw new Refusal('invalid_value', {
    en: `There is no VAT rate for ${country} on ${day}. Add one to the tax rates, or correct the country or the date.`,
    de: `Für ${country} gibt es am ${day} keinen Steuersatz. Ergänzen Sie ihn bei den Steuersätzen, oder berichtigen Sie Land oder Datum.`,
  });
}
