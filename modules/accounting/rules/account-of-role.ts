import type { Account } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';

/** A role, as posting rules name it. */
export type Role = NonNullable<Account['role']>;

/** What stands in for a role that no account has. */
const INSTEAD: { readonly [role in Role]?: Role } = { chargebackFees: 'gatewayFees', interestIncome: 'dunningIncome', transit: 'bank' };

/** What is taxed how; null where that does not matter. */
type Vat = { readonly category: string | null; readonly rate: string | null };

/** What an account tells about what is posted to it. */
type Told = Pick<Account, 'role' | 'vatCategory' | 'vatRate'>;

/**
 * The account with a role: of several the one for the category and rate, else that for the category, else that for all; of equal ones that with the lowest number.
 * `accounts` come by their numbers.
 */
export function accountOfRole<One extends Told>(accounts: readonly One[], role: Role, vat: Vat | null): One | null {
  const all = accounts.filter((account) => account.role === role);
  const isFor = (account: One): boolean => (account.vatCategory ?? null) === (vat?.category ?? null);
  const exactly = vat && all.find((account) => isFor(account) && account.vatRate && vat.rate && exact(account.vatRate).eq(vat.rate));
  const found =
    exactly ?? all.find((account) => isFor(account) && !account.vatRate) ?? all.find((account) => !account.vatCategory && !account.vatRate);
  if (found) return found;
  const instead = INSTEAD[role];
  return instead ? accountOfRole(accounts, instead, vat) : null;
}
