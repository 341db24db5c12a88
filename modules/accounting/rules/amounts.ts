import { exact, type Exact } from '#platform/kernel/decimal.ts';

/** What moved on an account. */
export type Moved = { readonly debit: Exact; readonly credit: Exact };

export const NOTHING: Moved = { debit: exact(0), credit: exact(0) };

/** What is more in debit than in credit. */
export function balanceOf({ debit, credit }: Moved): Exact {
  return debit.minus(credit);
}

/** What moved on accounts, put together. */
export function together(...parts: readonly ReadonlyMap<string, Moved>[]): ReadonlyMap<string, Moved> {
  const all = new Map<string, Moved>();
  for (const [id, { debit, credit }] of parts.flatMap((part) => [...part])) {
    const known = all.get(id) ?? NOTHING;
    all.set(id, { debit: known.debit.plus(debit), credit: known.credit.plus(credit) });
  }
  return all;
}
