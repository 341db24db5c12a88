import { exact, type Exact } from '#platform/kernel/decimal.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import type { InputField } from '#platform/kernel/model.ts';
import type { ReadMetric, Reading } from '#platform/kernel/report.ts';
import { invalidValues, faultAt } from '#platform/kernel/errors.ts';
import type { ToldAccount } from '../rules/account-tree.ts';
import { together, type Moved } from '../rules/amounts.ts';
import { covered, type Days, type PeriodDays } from '../rules/spans.ts';

/** The books of one company: whose they are, and in which currency they are kept. */
export type Books = { readonly companyId: string | null; readonly name: string; readonly currency: string; readonly firstMonth: number };

/** What of the books is told. */
export type Told = Days & { readonly costCenterId?: string | undefined; readonly withoutClosing?: boolean };

/** The objects that every report of the books reads. */
export const READS = ['account', 'period', 'journal_entry', 'account_balance'] as const;

const company: InputField = {
  name: 'company',
  label: { en: 'Company', de: 'Firma' },
  type: 'lookup',
  target: 'company',
  help: { en: 'Empty: your own.', de: 'Leer: Ihre eigene.' },
};
const from: InputField = { name: 'from', label: { en: 'From', de: 'Von' }, type: 'date' };
const to: InputField = { name: 'to', label: { en: 'To', de: 'Bis' }, type: 'date' };
const asOf: InputField = { name: 'asOf', label: { en: 'As of', de: 'Stand' }, type: 'date' };
const costCenter: InputField = {
  name: 'costCenter',
  label: { en: 'Cost centre', de: 'Kostenstelle' },
  type: 'lookup',
  target: 'cost_center',
};

/** What reports of the books ask for. */
export const ASKED = { company, from, to, asOf, costCenter };

/** Columns of reports that go line by line. */
export const LINE_COLUMNS = {
  date: { name: 'date', label: { en: 'Date', de: 'Datum' }, type: 'date' },
  entry: { name: 'entry', label: { en: 'Entry', de: 'Buchung' }, type: 'text' },
  reference: { name: 'reference', label: { en: 'Document', de: 'Beleg' }, type: 'text' },
  account: { name: 'account', label: { en: 'Account', de: 'Konto' }, type: 'text' },
  text: { name: 'text', label: { en: 'Text', de: 'Text' }, type: 'text' },
  debit: { name: 'debit', label: { en: 'Debit', de: 'Soll' }, type: 'money' },
  credit: { name: 'credit', label: { en: 'Credit', de: 'Haben' }, type: 'money' },
} as const;

/** The month in which a day lies, up to that day: the day that is given, else today. */
export function monthUpTo(given: { readonly to?: string }, today: string): { readonly from: string; readonly to: string } {
  const day = given.to ?? today;
  return { from: `${day.slice(0, 8)}01`, to: day };
}

/** The books that are asked for: of this company, else of the caller's. */
export async function booksOf(reading: Reading, companyId: string | undefined): Promise<Books> {
  const found = await reading.company(companyId);
  return {
    companyId: found?.id ?? null,
    name: found?.name ?? '',
    currency: found?.currency ?? 'EUR',
    firstMonth: found?.fiscalYearStart ?? 1,
  };
}

/** Refuses days that end before they begin. */
export function demandOrder(days: { readonly from: string; readonly to: string }): void {
  if (days.from <= days.to) return;
  const said = { en: 'The period ends before it begins.', de: 'Der Zeitraum endet, bevor er beginnt.' };
  throw invalidValues([faultAt({ pointer: '/to', field: 'to', rule: 'period' }, said)]);
}

/** All accounts, by number. */
export function accountsOf(reading: Reading): Promise<readonly ToldAccount[]> {
  return reading.all<ToldAccount>('account', {
    fields: 'id,code,name,nameEn,nameDe,type,role,parentId,vatCategory,vatRate,vatReturnCode',
    sort: 'code',
  });
}

type Sums = { readonly accountId: string; readonly debit: string | null; readonly credit: string | null };

const METRICS: readonly ReadMetric[] = [
  { fn: 'sum', field: 'debit', as: 'debit' },
  { fn: 'sum', field: 'credit', as: 'credit' },
];

/** What moved on each account in some days: the kept balances of whole periods, and the lines of those that the days cut. */
export async function movements(reading: Reading, books: Books, told: Told): Promise<ReadonlyMap<string, Moved>> {
  if (told.costCenterId !== undefined)
    return ofLines(reading, { ...linesIn(told), ...ofCompany(books, 'parent.companyId'), ...ofCostCenter(told) });
  const periods = await reading.all<PeriodDays>('period', { filter: ofCompany(books, 'companyId'), fields: 'id,from,to', sort: 'from' });
  const { whole, cut } = covered(periods, told);
  const kept = whole
    ? await ofBalances(reading, books, { ...whole, withoutClosing: told.withoutClosing === true })
    : new Map<string, Moved>();
  const parts = await Promise.all(cut.map(({ id }) => ofLines(reading, { ...linesIn(told), periodId: id })));
  return together(kept, ...parts);
}

async function ofBalances(
  reading: Reading,
  books: Books,
  { first, last, withoutClosing }: { readonly first: string; readonly last: string; readonly withoutClosing: boolean },
): Promise<ReadonlyMap<string, Moved>> {
  const closing: readonly ReadMetric[] = [
    { fn: 'sum', field: 'closingDebit', as: 'closingDebit' },
    { fn: 'sum', field: 'closingCredit', as: 'closingCredit' },
  ];
  const rows = await reading.sums<Sums & { readonly closingDebit?: string | null; readonly closingCredit?: string | null }>(
    'account_balance',
    {
      groupBy: ['accountId'],
      metrics: withoutClosing ? [...METRICS, ...closing] : METRICS,
      filter: { ...ofCompany(books, 'companyId'), from: { between: [first, last] } },
    },
  );
  const less = (amount: string | null, closed: string | null | undefined): Exact => exact(amount ?? 0).minus(closed ?? 0);
  return new Map(
    rows.map((row) => [row.accountId, { debit: less(row.debit, row.closingDebit), credit: less(row.credit, row.closingCredit) }] as const),
  );
}

async function ofLines(reading: Reading, filter: { readonly [field: string]: unknown }): Promise<ReadonlyMap<string, Moved>> {
  const rows = await reading.sums<Sums>('journal_line', { groupBy: ['accountId'], metrics: METRICS, filter });
  return new Map(
    rows.map(({ accountId, debit, credit }) => [accountId, { debit: exact(debit ?? 0), credit: exact(credit ?? 0) }] as const),
  );
}

/** The posted lines of some days; a draft's have no day. */
export function linesIn({ from: first, to: last, withoutClosing }: Told): { readonly [field: string]: unknown } {
  const date = first === null ? { lte: last } : { between: [first, last] };
  return { date, ...(withoutClosing === true ? { 'parent.documentType': { ne: 'closing' } } : {}) };
}

/** The filter of a company's records. */
export function ofCompany({ companyId }: Books, path: string): { readonly [field: string]: unknown } {
  return companyId === null ? {} : { [path]: companyId };
}

function ofCostCenter({ costCenterId }: Told): { readonly [field: string]: unknown } {
  return costCenterId === undefined ? {} : { costCenterId };
}

/** An amount in the currency of the books. */
export function written(amount: Exact, { currency }: Books): string {
  return toCurrency(amount, currency);
}
