import { exact, type Exact } from '#platform/kernel/decimal.ts';
import type { Label } from '#platform/kernel/model.ts';
import type { ReportRow } from '#platform/kernel/report.ts';
import { accountName, accountTree, sumFigures, type ToldAccount } from './account-tree.ts';
import { balanceOf, NOTHING, type Moved } from './amounts.ts';

/** A part of a statement: accounts of a type, on the side on which they count as positive. */
export type Section = { readonly type: ToldAccount['type']; readonly label: Label; readonly sign: 1 | -1 };

export const ASSETS: Section = { type: 'asset', label: { en: 'Assets', de: 'Aktiva' }, sign: 1 };
export const LIABILITIES: Section = { type: 'liability', label: { en: 'Liabilities', de: 'Verbindlichkeiten' }, sign: -1 };
export const EQUITY: Section = { type: 'equity', label: { en: 'Equity', de: 'Eigenkapital' }, sign: -1 };
export const INCOME: Section = { type: 'income', label: { en: 'Income', de: 'Erträge' }, sign: -1 };
export const EXPENSES: Section = { type: 'expense', label: { en: 'Expenses', de: 'Aufwendungen' }, sign: 1 };

/** What moved in the period that is told, and in the one that it is compared with. */
export type Compared = readonly [now: ReadonlyMap<string, Moved>, then: ReadonlyMap<string, Moved>];

/** How rows of a statement are written: amounts in the currency of the books, and where an account leads. */
export type Writing = {
  readonly language: 'en' | 'de';
  readonly currency: string;
  readonly written: (amount: Exact) => string;
  readonly inputOf: (account: ToldAccount) => { readonly [field: string]: string };
};

/** The figures of a section: now and then. */
export type Figures = readonly [Exact, Exact];

/** A row with what is told, what it is compared with, and the difference. */
export function figureRow(name: string, [now, then]: Figures, { written, currency }: Writing, row: ReportRow['row']): ReportRow {
  return {
    account: name,
    currency,
    amount: written(now),
    comparison: written(then),
    change: written(now.minus(then)),
    ...(row ? { row } : {}),
  };
}

/** The sum of a section, and its rows under it: the accounts as the tree that they are. */
export function sectionRows(
  { type, label, sign }: Section,
  accounts: readonly ToldAccount[],
  compared: Compared,
  writing: Writing,
): { readonly sum: Figures; readonly rows: readonly ReportRow[] } {
  const figuresOf = ({ id }: ToldAccount): Figures => {
    const [now, then] = compared.map((moved) => balanceOf(moved.get(id) ?? NOTHING).times(sign));
    return [now ?? exact(0), then ?? exact(0)];
  };
  const tree = accountTree(
    accounts.filter((account) => account.type === type),
    figuresOf,
    1,
  );
  const sum = pairOf(sumFigures(tree.filter(({ level }) => level === 1).map(({ figures }) => figures)));
  const rows = tree.map(({ account, level, isGroup, figures }) => {
    const link = { report: 'accounting/general-ledger', input: writing.inputOf(account) };
    const form = isGroup ? ({ kind: 'group', level } as const) : { level, links: { account: link } };
    return figureRow(accountName(account, writing.language), pairOf(figures), writing, form);
  });
  return { sum, rows: [figureRow(said(label, writing), sum, writing, { kind: 'group', level: 0 }), ...rows] };
}

/** Figures added up, each with its sign. */
export function sumOfPairs(...pairs: readonly (readonly [Figures, 1 | -1])[]): Figures {
  return pairOf([0, 1].map((at) => pairs.reduce((sum, [figures, sign]) => sum.plus((figures[at] ?? exact(0)).times(sign)), exact(0))));
}

function pairOf([now, then]: readonly Exact[]): Figures {
  return [now ?? exact(0), then ?? exact(0)];
}

export function said(label: Label, { language }: Pick<Writing, 'language'>): string {
  return label[language] ?? label.en;
}
