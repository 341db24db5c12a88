import type { Account, AccountBalance } from '#metadata/records.gen.ts';
import { exact, sumOf, type Exact } from '#platform/kernel/decimal.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';

/** A line of the year's end. */
export type ClosingLine = { readonly accountId: string; readonly debit: string | null; readonly credit: string | null };

type Moved = Pick<AccountBalance, 'accountId' | 'debit' | 'credit'>;

/** The lines that empty all accounts of income and expense into one: none where nothing is on them. */
export function closingLines(
  balances: readonly Moved[],
  accounts: readonly Pick<Account, 'id' | 'type'>[],
  { result, currency }: { readonly result: string; readonly currency: string },
): readonly ClosingLine[] {
  const ofResult = new Set(accounts.filter(({ type }) => type === 'income' || type === 'expense').map(({ id }) => id));
  const emptied = [
    ...Map.groupBy(
      balances.filter(({ accountId }) => ofResult.has(accountId)),
      ({ accountId }) => accountId,
    ),
  ].flatMap(([accountId, group]) => {
    const balance = sumOf(group.map(({ debit }) => debit ?? 0)).minus(sumOf(group.map(({ credit }) => credit ?? 0)));
    return balance.isZero() ? [] : [{ accountId, balance }];
  });
  if (emptied.length === 0) return [];
  const lines = emptied.map(({ accountId, balance }) => lineOf(accountId, balance.negated(), currency));
  const left = sumOf(emptied.map(({ balance }) => balance));
  return left.isZero() ? lines : [...lines, lineOf(result, left, currency)];
}

function lineOf(accountId: string, amount: Exact, currency: string): ClosingLine {
  const text = toCurrency(amount.abs(), currency);
  return exact(amount).gt(0) ? { accountId, debit: text, credit: null } : { accountId, debit: null, credit: text };
}
