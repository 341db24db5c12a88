import type { AccountBalance } from '#metadata/records.gen.ts';
import { exact, type Exact } from '#platform/kernel/decimal.ts';
import type { Work } from '#platform/kernel/module.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { pairId } from '#platform/kernel/pair-id.ts';
import type { PostedEntry } from './enter.ts';

type Sums = { readonly debit: Exact; readonly credit: Exact };

/**
 * Adds what was posted to the balances of its accounts by period, in the work that posts it; what the year's end moves is counted once more by itself, so that
 * a result can be told without it. Balances are locked in one order.
 */
export async function addToBalances(work: Work, entries: readonly PostedEntry[]): Promise<void> {
  const moved = entries.flatMap(({ lines, period, documentType, currency }) =>
    lines.map((line) => ({
      id: pairId(line.accountId, period.id),
      accountId: line.accountId,
      period,
      currency,
      debit: exact(line.debit ?? 0),
      credit: exact(line.credit ?? 0),
      isClosing: documentType === 'closing',
    })),
  );
  for (const [id, group] of [...Map.groupBy(moved, (one) => one.id)].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const [first] = group;
    if (!first) continue;
    const { accountId, period, currency } = first;
    const added = (known: string | null | undefined, more: Exact): string => toCurrency(more.plus(known ?? 0), currency);
    const empty = { accountId, periodId: period.id, companyId: period.companyId ?? null, from: period.from };
    await work.create<AccountBalance>('account_balance', id, empty);
    const balance = await work.lock<AccountBalance>('account_balance', id);
    const [all, closing] = [sums(group), sums(group.filter(({ isClosing }) => isClosing))];
    await work.save('account_balance', {
      id,
      debit: added(balance.debit, all.debit),
      credit: added(balance.credit, all.credit),
      closingDebit: added(balance.closingDebit, closing.debit),
      closingCredit: added(balance.closingCredit, closing.credit),
    });
  }
}

function sums(moved: readonly Sums[]): Sums {
  const zero: Sums = { debit: exact(0), credit: exact(0) };
  return moved.reduce((sum, one) => ({ debit: sum.debit.plus(one.debit), credit: sum.credit.plus(one.credit) }), zero);
}
