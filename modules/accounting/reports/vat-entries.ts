import { exact } from '#platform/kernel/decimal.ts';
import { defineReport, type ReportRow } from '#platform/kernel/report.ts';
import { accountName, type ToldAccount } from '../rules/account-tree.ts';
import { CATEGORIES, vatPlace, WITHOUT, WITHOUT_CATEGORY, type VatMovement, type VatPlace } from '../rules/vat-rows.ts';
import {
  accountsOf,
  ASKED,
  booksOf,
  demandOrder,
  monthUpTo,
  LINE_COLUMNS,
  linesIn,
  ofCompany,
  READS,
  written,
  type Books,
} from './books.ts';
import { LEDGER_FIELDS, lineRow, type LedgerLine } from './general-ledger.ts';
import { vatMovements } from './vat-return.ts';

type Input = {
  readonly companyId?: string;
  readonly from: string;
  readonly to: string;
  readonly part?: 'sales' | 'output' | 'input';
  readonly category?: string;
  readonly rate?: string;
};

type Line = LedgerLine & Omit<VatMovement, 'debit' | 'credit'>;

const ROWS = 500;
const PARTS = [
  { key: 'sales', label: { en: 'Sales and their VAT', de: 'Umsätze und ihre Steuer' } },
  { key: 'output', label: { en: 'VAT on sales', de: 'Umsatzsteuer' } },
  { key: 'input', label: { en: 'Input tax', de: 'Vorsteuer' } },
];

/** The entries that stand behind a row of the VAT return, line by line: their sums are the row's. */
export const vatEntries = defineReport<Input>({
  name: 'vat-entries',
  label: { en: 'VAT entries', de: 'Buchungen zur Umsatzsteuer' },
  help: {
    en: 'What stands behind the VAT return, line by line: what is taxed, and the tax.',
    de: 'Was hinter der Umsatzsteuer-Voranmeldung steht, Zeile für Zeile: was besteuert wird, und die Steuer.',
  },
  reads: READS,
  input: [
    ASKED.from,
    ASKED.to,
    { name: 'part', label: { en: 'Part', de: 'Teil' }, type: 'select', options: PARTS },
    {
      name: 'category',
      label: { en: 'VAT category', de: 'Steuerart' },
      type: 'select',
      options: [...Object.entries(CATEGORIES), [WITHOUT, WITHOUT_CATEGORY] as const].map(([key, label]) => ({ key, label })),
    },
    { name: 'rate', label: { en: 'VAT %', de: 'USt. %' }, type: 'percent' },
    ASKED.company,
  ],
  defaults: monthUpTo,
  columns: [
    LINE_COLUMNS.date,
    LINE_COLUMNS.entry,
    LINE_COLUMNS.reference,
    LINE_COLUMNS.account,
    LINE_COLUMNS.text,
    { name: 'taxable', label: { en: 'Taxable', de: 'Bemessungsgrundlage' }, type: 'money' },
    { name: 'tax', label: { en: 'Tax', de: 'Steuer' }, type: 'money' },
  ],
  run: async (reading, input) => {
    demandOrder(input);
    const books = await booksOf(reading, input.companyId);
    const accounts = new Map((await accountsOf(reading)).map((account) => [account.id, account]));
    const movements = await vatMovements(reading, books, { from: input.from, to: input.to, accounts });
    const meant = movements.filter((movement) => isMeant(input, placeOf(movement, accounts)));
    if (meant.length === 0) return { rows: [] };
    const page = await reading.page<Line>(
      'journal_line',
      {
        filter: { ...linesIn(input), ...ofCompany(books, 'parent.companyId'), or: alternatives(meant) },
        fields: `${LEDGER_FIELDS},accountId,vatCategory,vatRate`,
        sort: 'date,id',
        limit: ROWS,
      },
      reading.after,
    );
    return { rows: page.items.map((line) => rowOf(line, { books, accounts, language: reading.language })), next: page.next };
  },
});

function placeOf(movement: Omit<VatMovement, 'debit' | 'credit'>, accounts: ReadonlyMap<string, ToldAccount>): VatPlace | null {
  const account = accounts.get(movement.accountId);
  return account ? vatPlace(movement, account) : null;
}

/** Whether lines are among what is asked for; where nothing is, all are. */
function isMeant({ part, category, rate }: Input, place: VatPlace | null): boolean {
  if (place === null) return false;
  const isWanted = part === undefined || part === place.part || (part === 'output' && place.part === 'sales' && place.isTax);
  if (!isWanted || place.part === 'input') return isWanted && category === undefined && rate === undefined;
  if (category !== undefined && category !== (place.category ?? WITHOUT)) return false;
  return rate === undefined || (place.rate !== null && exact(rate).equals(place.rate));
}

/** The lines of these movements: those of one category and rate together, whatever their accounts. */
function alternatives(movements: readonly VatMovement[]): readonly { readonly [field: string]: unknown }[] {
  const alike = Map.groupBy(movements, ({ vatCategory, vatRate }) => `${vatCategory ?? ''} ${vatRate ?? ''}`);
  return [...alike.values()].flatMap(([one, ...others]) =>
    one
      ? [
          {
            accountId: { in: [one, ...others].map(({ accountId }) => accountId) },
            vatCategory: one.vatCategory === null ? { isNull: true } : one.vatCategory,
            vatRate: one.vatRate === null ? { isNull: true } : one.vatRate,
          },
        ]
      : [],
  );
}

type Around = { readonly books: Books; readonly accounts: ReadonlyMap<string, ToldAccount>; readonly language: 'en' | 'de' };

function rowOf(line: Line, { books, accounts, language }: Around): ReportRow {
  const { debit: _debit, credit: _credit, ...row } = lineRow(line);
  const account = accounts.get(line.accountId);
  const place = placeOf(line, accounts);
  const amount = written(exact(line.credit ?? 0).minus(line.debit ?? 0), books);
  const isTax = place === null || place.part === 'input' || place.isTax;
  return {
    ...row,
    account: account ? accountName(account, language) : null,
    currency: books.currency,
    taxable: isTax ? null : amount,
    tax: isTax ? amount : null,
  };
}
