/** The currency of an offer that names none and whose company is unknown. */
const CURRENCY_DEFAULT = 'EUR';

/** The currency an offer is in: its own, which `fillCurrency` sets on every save. */
export function currencyOf(offer: { readonly currency?: string | null }): string {
  return offer.currency ?? CURRENCY_DEFAULT;
}

/** The first currency that is named: the offer's, the customer's, the company's. */
export function chooseCurrency(...candidates: readonly (string | null | undefined)[]): string {
  return candidates.find((candidate) => typeof candidate === 'string' && candidate !== '') ?? CURRENCY_DEFAULT;
}
