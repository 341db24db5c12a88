import { exact, plain, toScale } from '#platform/kernel/decimal.ts';
import { faultAt, invalidValues, type FieldError } from '#platform/kernel/errors.ts';

/** A rate as it is quoted: units of the company's currency for one of the currency, and the other way round. */
type Quoted = {
  readonly currency: string;
  readonly baseCurrency: string;
  readonly rate?: string | null;
  readonly inverseRate?: string | null;
};

/** Digits after the point of a rate that is worked out. */
const DIGITS = 12;

/**
 * Both sides of a quotation, from the one that was given or changed; both as they were typed where both were. Refuses one of nothing, of zero,
 * of two that do not belong together, and of a currency in itself.
 */
export function bothWays(quoted: Quoted, before: Quoted | null): { readonly rate: string; readonly inverseRate: string } {
  const [rate, inverse] = [given(quoted.rate, before?.rate), given(quoted.inverseRate, before?.inverseRate)];
  const errors = faults(quoted, rate ?? inverse ?? quoted.rate ?? quoted.inverseRate);
  if (errors.length > 0) throw invalidValues(errors);
  if (rate && inverse) return fitting(rate, inverse);
  if (rate) return { rate, inverseRate: inverted(rate) };
  if (inverse) return { rate: inverted(inverse), inverseRate: inverse };
  return fitting(quoted.rate ?? inverted(quoted.inverseRate ?? '1'), quoted.inverseRate ?? inverted(quoted.rate ?? '1'));
}

/** The value where it is another than before. */
function given(value: string | null | undefined, before: string | null | undefined): string | null {
  if (!value) return null;
  return before && exact(before).eq(value) ? null : value;
}

function inverted(rate: string): string {
  return plain(toScale(exact(1).div(rate), DIGITS));
}

/** Two that were typed belong together when their product is one, but for a thousandth: quotations are rounded. */
function fitting(rate: string, inverseRate: string): { readonly rate: string; readonly inverseRate: string } {
  if (exact(rate).times(inverseRate).minus(1).abs().lte('0.001')) return { rate, inverseRate };
  throw invalidValues([
    fault('inverseRate', {
      en: `The inverse of ${rate} is ${inverted(rate)}, not ${inverseRate}. Give one of the two.`,
      de: `Der Kehrwert von ${rate} ist ${inverted(rate)}, nicht ${inverseRate}. Geben Sie einen von beiden an.`,
    }),
  ]);
}

function faults({ currency, baseCurrency }: Quoted, rate: string | null | undefined): readonly FieldError[] {
  const same = fault('baseCurrency', { en: 'A rate is between two currencies.', de: 'Ein Kurs besteht zwischen zwei Währungen.' });
  const none = fault('rate', { en: 'A rate above zero is needed.', de: 'Ein Kurs über null wird gebraucht.' });
  return [...(currency === baseCurrency ? [same] : []), ...(rate && exact(rate).gt(0) ? [] : [none])];
}

function fault(field: string, sentence: { readonly en: string; readonly de: string }): FieldError {
  return faultAt({ pointer: `/${field}`, field, rule: 'rate' }, sentence);
}
