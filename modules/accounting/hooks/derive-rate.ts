import type { ExchangeRate } from '#metadata/records.gen.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { bothWays } from '../rules/quotation.ts';

/** A rate is kept both ways, whichever was given, and is called after its currencies and its day. */
export const deriveRate = defineHook<ExchangeRate, Record<string, never>>({
  object: 'exchange_rate',
  name: 'deriveRate',
  derive: (draft, _facts, before) => ({
    ...bothWays(draft, before),
    name: `${draft.currency}/${draft.baseCurrency} ${draft.validFrom}`,
  }),
});
