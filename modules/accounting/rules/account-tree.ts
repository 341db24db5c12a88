import type { Account } from '#metadata/records.gen.ts';
import { exact, type Exact } from '#platform/kernel/decimal.ts';

/** An account as reports tell of it. */
export type ToldAccount = Pick<
  Account,
  'code' | 'name' | 'nameEn' | 'nameDe' | 'type' | 'role' | 'parentId' | 'vatCategory' | 'vatRate' | 'vatReturnCode'
> & {
  readonly id: string;
};

/** An account where it stands in its tree, with its figures and those of all that is part of it. */
export type TreeRow = {
  readonly account: ToldAccount;
  readonly level: number;
  readonly isGroup: boolean;
  readonly figures: readonly Exact[];
};

/** What an account is called in a language. */
export function accountName({ code, name, nameEn, nameDe }: ToldAccount, language: 'en' | 'de'): string {
  return `${code} ${(language === 'de' ? nameDe : nameEn) || name}`;
}

/**
 * Accounts as the tree that they are, by their numbers; headings sum what is part of them. What has nothing but zeros, and nothing in it that has more, is
 * left out. `figuresOf` answers as many figures for each account.
 */
export function accountTree(
  accounts: readonly ToldAccount[],
  figuresOf: (account: ToldAccount) => readonly Exact[],
  level: number,
): readonly TreeRow[] {
  const ids = new Set(accounts.map(({ id }) => id));
  const parts = Map.groupBy(accounts, ({ parentId }) => (parentId && ids.has(parentId) ? parentId : null));
  const rowsUnder = (parent: string | null, at: number): readonly TreeRow[] =>
    (parts.get(parent) ?? [])
      .toSorted((a, b) => (a.code < b.code ? -1 : 1))
      .flatMap((account) => {
        const inside = rowsUnder(account.id, at + 1);
        const direct = inside.filter((row) => row.level === at + 1).map(({ figures }) => figures);
        const figures = sumFigures([figuresOf(account), ...direct]);
        const isEmpty = inside.length === 0 && figures.every((figure) => figure.isZero());
        return isEmpty ? [] : [{ account, level: at, isGroup: inside.length > 0, figures }, ...inside];
      });
  return rowsUnder(null, level);
}

/** Figures of the same columns, added up. */
export function sumFigures(rows: readonly (readonly Exact[])[]): readonly Exact[] {
  const [first = []] = rows;
  return first.map((_figure, at) => rows.reduce((sum, row) => sum.plus(row[at] ?? 0), exact(0)));
}
