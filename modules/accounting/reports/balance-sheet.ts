import { addMonths } from '#platform/kernel/dates.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { defineReport, type ReportRow } from '#platform/kernel/report.ts';
import { balanceOf, NOTHING } from '../rules/amounts.ts';
import {
  ASSETS,
  EQUITY,
  figureRow,
  LIABILITIES,
  said,
  sectionRows,
  sumOfPairs,
  type Compared,
  type Figures,
  type Writing,
} from '../rules/sections.ts';
import type { ToldAccount } from '../rules/account-tree.ts';
import { accountsOf, ASKED, booksOf, movements, READS, written } from './books.ts';

type Input = { readonly companyId?: string; readonly asOf: string; readonly compareWith?: string };

/** What the company has and what it owes on a day, beside another one. What the year has brought so far is part of the equity. */
export const balanceSheet = defineReport<Input>({
  name: 'balance-sheet',
  label: { en: 'Balance sheet', de: 'Bilanz' },
  help: {
    en: 'What the company has and what it owes on a day, beside the same day a year before or any other.',
    de: 'Was die Firma an einem Tag hat und schuldet, neben demselben Tag im Vorjahr oder einem anderen.',
  },
  reads: READS,
  input: [ASKED.asOf, { name: 'compareWith', label: { en: 'Compared with', de: 'Vergleich mit' }, type: 'date' }, ASKED.company],
  defaults: (given, today) => {
    const asOf = given.asOf ?? today;
    return { asOf, compareWith: addMonths(asOf, -12) };
  },
  columns: [
    { name: 'account', label: { en: 'Account', de: 'Konto' }, type: 'text' },
    { name: 'amount', label: { en: 'Amount', de: 'Betrag' }, type: 'money' },
    { name: 'comparison', label: { en: 'Comparison', de: 'Vergleich' }, type: 'money' },
    { name: 'change', label: { en: 'Change', de: 'Veränderung' }, type: 'money' },
  ],
  run: async (reading, { companyId, asOf, compareWith = addMonths(asOf, -12) }) => {
    const books = await booksOf(reading, companyId);
    const [accounts, now, then] = await Promise.all([
      accountsOf(reading),
      movements(reading, books, { from: null, to: asOf }),
      movements(reading, books, { from: null, to: compareWith }),
    ]);
    const writing: Writing = {
      language: reading.language,
      currency: books.currency,
      written: (amount) => written(amount, books),
      inputOf: ({ id }) => ({ accountId: id, to: asOf, ...(companyId === undefined ? {} : { companyId }) }),
    };
    return { rows: sheet(accounts, [now, then], writing) };
  },
});

function sheet(accounts: readonly ToldAccount[], compared: Compared, writing: Writing): readonly ReportRow[] {
  const assets = sectionRows(ASSETS, accounts, compared, writing);
  const liabilities = sectionRows(LIABILITIES, accounts, compared, writing);
  const equity = sectionRows(EQUITY, accounts, compared, writing);
  const result = resultOf(accounts, compared);
  const [head, ...own] = equity.rows;
  const whole = sumOfPairs([equity.sum, 1], [result, 1]);
  const sources = sumOfPairs([liabilities.sum, 1], [whole, 1]);
  const named = (en: string, de: string): string => said({ en, de }, writing);
  return [
    ...assets.rows,
    figureRow(named('Total assets', 'Summe Aktiva'), assets.sum, writing, { kind: 'total' }),
    ...liabilities.rows,
    ...(head ? [figureRow(said(EQUITY.label, writing), whole, writing, head.row)] : []),
    ...own,
    figureRow(named('Result not carried forward yet', 'Noch nicht vorgetragenes Ergebnis'), result, writing, { level: 1 }),
    figureRow(named('Total liabilities and equity', 'Summe Passiva'), sources, writing, { kind: 'total' }),
  ];
}

/** What income and expenses have brought and the year's end has not moved to the equity yet. */
function resultOf(accounts: readonly ToldAccount[], compared: Compared): Figures {
  const [now, then] = compared.map((moved) =>
    accounts
      .filter(({ type }) => type === 'income' || type === 'expense')
      .reduce((sum, { id }) => sum.minus(balanceOf(moved.get(id) ?? NOTHING)), exact(0)),
  );
  return [now ?? exact(0), then ?? exact(0)];
}
