import { exact, type Exact } from '#platform/kernel/decimal.ts';
import type { ToldAccount } from './account-tree.ts';
import { balanceOf, NOTHING, type Moved } from './amounts.ts';

/** What an account has brought in cash, or taken. */
export type Flow = { readonly account: ToldAccount; readonly amount: Exact };

/** Where cash came from in a period and where it went: by the indirect method, from the result on. */
export type CashFlow = {
  readonly result: Exact;
  readonly operating: readonly Flow[];
  readonly investing: readonly Flow[];
  readonly financing: readonly Flow[];
  readonly change: Exact;
};

/** Accounts that are cash: what is on its way to the bank counts, as it is ours already. */
const CASH: readonly string[] = ['bank', 'cash', 'gatewayClearing', 'transit'];

/** Whether an account holds cash. */
export function isCash({ role }: ToldAccount): boolean {
  return CASH.includes(role ?? '');
}

/**
 * The result, corrected by what was not paid yet or is bound otherwise. Assets and liabilities that the flow of sales knows by a role belong to operations,
 * other assets to investment, other liabilities and the equity to financing; retained earnings move at the year's end only, with no cash in it.
 * All parts together are the change of cash, as every entry balances.
 */
export function cashFlow(accounts: readonly ToldAccount[], moved: ReadonlyMap<string, Moved>): CashFlow {
  const flows = accounts
    .map((account) => ({ account, amount: balanceOf(moved.get(account.id) ?? NOTHING).negated() }))
    .filter(({ amount }) => !amount.isZero());
  const isResult = ({ type }: ToldAccount): boolean => type === 'income' || type === 'expense';
  const others = flows.filter(({ account }) => !isResult(account) && !isCash(account));
  const partOf = ({ type, role }: ToldAccount): 'operating' | 'investing' | 'financing' => {
    if (type === 'equity') return 'financing';
    if (role) return 'operating';
    return type === 'asset' ? 'investing' : 'financing';
  };
  const part = (name: ReturnType<typeof partOf>): readonly Flow[] => others.filter(({ account }) => partOf(account) === name);
  const sum = (some: readonly Flow[]): Exact => some.reduce((total, { amount }) => total.plus(amount), exact(0));
  return {
    result: sum(flows.filter(({ account }) => isResult(account))),
    operating: part('operating'),
    investing: part('investing'),
    financing: part('financing'),
    change: sum(flows.filter(({ account }) => isCash(account))).negated(),
  };
}
