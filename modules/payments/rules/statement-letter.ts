import { digitsOf } from '#platform/kernel/money/currency.ts';
import type { Json } from '#platform/kernel/model.ts';
import { ageing, type AgedItem } from './ageing.ts';
import { statement, type StatedAllocation } from './statement.ts';

/** A customer's account in one currency as their letter tells it: what was open, what moved, what is open, and how old that is. */
export type StatedAccount = { readonly [name: string]: Json };

/** The accounts of a customer, one for each currency in which there is anything to tell. */
export function statedAccounts(
  items: readonly AgedItem[],
  allocations: readonly StatedAllocation[],
  period: { readonly from: string; readonly to: string },
): readonly StatedAccount[] {
  const rows = statement(items, allocations, period);
  return [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, own]) => {
    const aged = ageing(
      items.filter((item) => item.currency === currency),
      allocations,
      period.to,
    );
    return {
      currency,
      digits: digitsOf(currency),
      opening: own.at(0)?.balance ?? null,
      closing: own.at(-1)?.balance ?? null,
      rows: own
        .slice(1, -1)
        .map(({ date, kind, reference, dueDate, amount, balance }) => ({ date, kind, reference, dueDate, amount, balance })),
      ageing: { ...aged },
    };
  });
}
