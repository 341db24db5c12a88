import type { ExchangeRate, Offer } from '#metadata/records.gen.ts';
import { exact, plain } from '#platform/kernel/decimal.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import type { PriceRate } from './line-price.ts';

/**
 * How prices in other currencies become such in an offer's: by accounting's rates to the company's currency, of which `rates` has the newest first,
 * and the offer's own. None while the offer's is not known.
 */
export function ratesOf(
  offer: Pick<Offer, 'currency' | 'exchangeRate'>,
  base: string | null | undefined,
  rates: readonly Pick<ExchangeRate, 'currency' | 'rate' | 'validFrom'>[],
): readonly PriceRate[] {
  const to = currencyOf(offer);
  const over = to === base ? '1' : offer.exchangeRate;
  if (!base || !over || exact(over).lte(0)) return [];
  const foreign = [...new Set(rates.map(({ currency }) => currency))].filter((currency) => currency !== to && currency !== base);
  const known = foreign.flatMap((from): readonly PriceRate[] => {
    const newest = rates.find(({ currency, rate }) => currency === from && rate);
    return newest?.rate ? [{ from, name: `${from} → ${to} (${newest.validFrom})`, times: plain(newest.rate), over: plain(over) }] : [];
  });
  return base === to ? known : [{ from: base, name: `${base} → ${to}`, times: '1', over: plain(over) }, ...known];
}
