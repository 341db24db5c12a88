import type { Payout } from '#metadata/records.gen.ts';
import { exact, sumOf } from '#platform/kernel/decimal.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { currencyOf, toCurrency } from '#platform/kernel/money/currency.ts';

/** What a payout's lines come to: gross, fees, and what is left to be paid out. */
export const derivePayout = defineHook<Payout, Record<string, never>>({
  object: 'payout',
  name: 'derivePayout',
  derive: (draft) => {
    const currency = currencyOf(draft);
    const rows = (draft.lines ?? []).map((line) => ({ ...line, net: toCurrency(exact(line.gross).minus(line.fee ?? 0), currency) }));
    return {
      paidOut: toCurrency(draft.paidOut, currency),
      lines: rows,
      gross: toCurrency(sumOf(rows.map(({ gross }) => gross)), currency),
      fees: toCurrency(sumOf(rows.map(({ fee }) => fee ?? 0)), currency),
      net: toCurrency(sumOf(rows.map(({ net }) => net)), currency),
    };
  },
});
