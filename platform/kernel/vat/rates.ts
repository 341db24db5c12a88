import { Refusal } from '../errors.ts';

/** How a product is taxed in a country: by which of its rates, at zero, or not at all. */
export type RateKind = 'standard' | 'reduced' | 'second-reduced' | 'super-reduced' | 'parking';

/** A rate of a country with its dates, both included. Points: `"19"`. */
export type VatRate = {
  readonly country: string;
  readonly kind: RateKind;
  readonly percent: string;
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
  throw new Refusal(
    'invalid_value',
    `There is no VAT rate for ${country} on ${day}. Add one to the VAT rates, or correct the country or the date.`,
  );
}
