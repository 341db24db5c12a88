import * as iso4217 from 'currency-codes';
import { toScale, type Exact } from '../decimal.ts';
import { faultAt, invalidValues } from '../errors.ts';

const digits = new Map<string, number>();

/**
 * Digits after the point of an ISO 4217 currency: EUR 2, JPY 0, KWD 3. An unknown code counts as 2.
 * The list is the standard's own, not Intl's, which follows what people write and gives HUF and COP none.
 */
export function digitsOf(currency: string): number {
  const known = digits.get(currency);
  if (known !== undefined) return known;
  const found = iso4217.code(currency)?.digits ?? 2;
  digits.set(currency, found);
  return found;
}

/** Whether ISO 4217 knows the code. */
export function isCurrency(code: string): boolean {
  return iso4217.code(code) !== undefined;
}

/** An amount rounded HALF_UP to the digits of its currency. */
export function toCurrency(amount: string | Exact, currency: string): string {
  return toScale(amount, digitsOf(currency));
}

/** The currency of a document that names none and whose company is unknown. */
const CURRENCY_DEFAULT = 'EUR';

/** The currency a document is in: its own, which its module's hooks give it on every save. */
export function currencyOf(document: { readonly currency?: string | null }): string {
  return document.currency ?? CURRENCY_DEFAULT;
}

/** The first currency that is named: the document's, the customer's, the company's. Refuses (`invalid_value`) one that ISO 4217 does not know. */
export function chooseCurrency(...candidates: readonly (string | null | undefined)[]): string {
  const chosen = candidates.find((candidate) => typeof candidate === 'string' && candidate !== '') ?? CURRENCY_DEFAULT;
  if (isCurrency(chosen)) return chosen;
  const code = chosen.slice(0, 10);
  throw invalidValues([
    faultAt(
      { pointer: '/currency', field: 'currency', rule: 'currency' },
      {
        en: `${code} is no currency of ISO 4217; take a code such as EUR.`,
        de: `${code} ist keine Währung nach ISO 4217; nehmen Sie einen Code wie EUR.`,
      },
    ),
  ]);
}
