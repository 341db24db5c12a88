import type { Account } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';

/** More accounts than an entry may have lines. */
const ACCOUNTS_MAX = 1_000;

/** Accounts by their ids. */
export async function accountsOf(work: Work, ids: readonly string[]): Promise<ReadonlyMap<string, Account>> {
  const distinct = [...new Set(ids)];
  const found =
    distinct.length === 0 ? [] : await work.query<Account>('account', { filter: { id: { in: distinct } }, limit: ACCOUNTS_MAX });
  return new Map(found.map((account) => [account.id, account]));
}

/** All accounts that may be posted to, the lowest number first. */
export function postableAccounts(work: Work): Promise<readonly Account[]> {
  return work.query<Account>('account', { filter: { isPostable: true }, sort: 'code', limit: ACCOUNTS_MAX });
}
