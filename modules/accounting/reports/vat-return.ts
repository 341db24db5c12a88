import { exact, plain, type Exact } from '#platform/kernel/decimal.ts';
import { defineReport, type Reading, type ReportLink, type ReportRow, type RowForm } from '#platform/kernel/report.ts';
import type { ToldAccount } from '../rules/account-tree.ts';
import { CATEGORIES, vatReturn, WITHOUT, WITHOUT_CATEGORY, type VatMovement, type VatRow } from '../rules/vat-rows.ts';
import { accountsOf, ASKED, booksOf, demandOrder, monthUpTo, linesIn, ofCompany, READS, written, type Books } from './books.ts';

type Input = { readonly companyId?: string; readonly from: string; readonly to: string };

/** What was sold under which VAT, the tax on it, what was paid in advance, and what is to be paid. */
export const vatReturnReport = defineReport<Input>({
  name: 'vat-return',
  label: { en: 'VAT return', de: 'Umsatzsteuer-Voranmeldung' },
  help: {
    en: 'Sales by VAT category and rate with their tax, input tax, and what is to be paid.',
    de: 'Umsätze nach Steuerart und Satz mit ihrer Steuer, die Vorsteuer, und was zu zahlen ist.',
  },
  reads: READS,
  input: [ASKED.from, ASKED.to, ASKED.company],
  defaults: monthUpTo,
  columns: [
    { name: 'name', label: { en: 'Sales', de: 'Umsätze' }, type: 'text' },
    { name: 'rate', label: { en: 'VAT %', de: 'USt. %' }, type: 'percent' },
    { name: 'code', label: { en: 'Box', de: 'Kennzahl' }, type: 'text' },
    { name: 'taxable', label: { en: 'Taxable', de: 'Bemessungsgrundlage' }, type: 'money' },
    { name: 'tax', label: { en: 'Tax', de: 'Steuer' }, type: 'money' },
  ],
  run: async (reading, { companyId, from, to }) => {
    demandOrder({ from, to });
    const books = await booksOf(reading, companyId);
    const accounts = new Map((await accountsOf(reading)).map((account) => [account.id, account]));
    const movements = await vatMovements(reading, books, { from, to, accounts });
    const behind = (asked: { readonly [field: string]: string }): RowForm => {
      const link: ReportLink = {
        report: 'accounting/vat-entries',
        input: { from, to, ...(companyId === undefined ? {} : { company: companyId }), ...asked },
      };
      return { links: { name: link, taxable: link, tax: link } };
    };
    const told = vatReturn(movements, accounts);
    const say = (en: string, de: string): string => (reading.language === 'de' ? de : en);
    const sum = (name: string, tax: Exact, form: RowForm = {}): ReportRow => ({
      name,
      currency: books.currency,
      tax: written(tax, books),
      row: { ...form, kind: 'total' },
    });
    return {
      rows: [
        ...told.sales.map((row) => ({ ...salesRow(row, books, reading.language), row: behind(askedOf(row)) })),
        sum(say('VAT on sales', 'Umsatzsteuer'), told.output, behind({ part: 'output' })),
        sum(say('Input tax', 'Vorsteuer'), told.input.negated(), behind({ part: 'input' })),
        told.payable.isNegative()
          ? sum(say('To be refunded', 'Erstattung'), told.payable)
          : sum(say('To be paid', 'Zahllast'), told.payable),
      ],
    };
  },
});

/** What moved of everything that has to do with VAT, by account, category and rate. */
export function vatMovements(
  reading: Reading,
  books: Books,
  { from, to, accounts }: { readonly from: string; readonly to: string; readonly accounts: ReadonlyMap<string, ToldAccount> },
): Promise<readonly VatMovement[]> {
  const taxAccounts = [...accounts.values()].filter(({ role }) => role === 'vatOutput' || role === 'vatInput').map(({ id }) => id);
  return reading.sums<VatMovement>('journal_line', {
    groupBy: ['accountId', 'vatCategory', 'vatRate'],
    metrics: [
      { fn: 'sum', field: 'debit', as: 'debit' },
      { fn: 'sum', field: 'credit', as: 'credit' },
    ],
    filter: {
      ...linesIn({ from, to }),
      ...ofCompany(books, 'parent.companyId'),
      or: [{ vatCategory: { isNull: false } }, { accountId: { in: taxAccounts } }],
    },
  });
}

/** What the entries behind a row are asked by. */
function askedOf({ category, rate }: VatRow): { readonly [field: string]: string } {
  return { category: category ?? WITHOUT, ...(rate === null ? {} : { rate: plain(exact(rate)) }) };
}

function salesRow({ category, rate, codes, taxable, tax }: VatRow, books: Books, language: 'en' | 'de'): ReportRow {
  const label = CATEGORIES[category ?? ''] ?? WITHOUT_CATEGORY;
  return {
    name: label[language] ?? label.en,
    rate,
    code: codes.join(', ') || null,
    currency: books.currency,
    taxable: written(taxable, books),
    tax: written(tax, books),
  };
}
