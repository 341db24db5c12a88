import { exact, type Exact } from '#platform/kernel/decimal.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { defineReport, type Reading, type ReportRow } from '#platform/kernel/report.ts';
import { ageing, sumOfAgeings } from '../rules/ageing.ts';
import {
  allocationInCompanyCurrency,
  itemInCompanyCurrency,
  type ValuedAllocation,
  type ValuedItem,
} from '../rules/in-company-currency.ts';
import { AGEING_COLUMNS, moneyColumn } from './ageing-columns.ts';

type Item = ValuedItem & { readonly customerId: string; readonly customer?: { readonly name?: string | null } | null };
type Given = ValuedAllocation & { readonly customerId: string };
type Input = { readonly companyId?: string; readonly asOf: string };
type Sums = { readonly customerId: string; readonly side?: string; readonly amount: string | null; readonly credit?: string | null };

const PAGE = 1_000;
/**
 * What each customer owes on a day in the company's currency, as the books count it: what their open items add up to (`open`), and the same by age (`total`).
 * Rows carry `customerId`. The first is the database's sum, the other is worked out item by item: where they differ, something is wrong.
 */
export const customerReceivables = defineReport<Input>({
  name: 'customer-receivables',
  label: { en: 'Receivables in the company’s currency', de: 'Forderungen in Firmenwährung' },
  help: {
    en: 'What customers owe on a day, as the books count it: at the exchange rates of the documents.',
    de: 'Was Kunden an einem Tag schulden, wie die Bücher es zählen: zu den Wechselkursen der Belege.',
  },
  reads: ['open_item', 'allocation'],
  offeredAt: ['receivables_check'],
  input: [
    { name: 'asOf', label: { en: 'As of', de: 'Stand' }, type: 'date' },
    {
      name: 'company',
      label: { en: 'Company', de: 'Firma' },
      type: 'lookup',
      target: 'company',
      help: { en: 'Empty: your own.', de: 'Leer: Ihre eigene.' },
    },
  ],
  columns: [
    { name: 'customer', label: { en: 'Customer', de: 'Kunde' }, type: 'text' },
    moneyColumn('open', 'Open items', 'Offene Posten'),
    ...AGEING_COLUMNS,
    moneyColumn('total', 'Sum by age', 'Summe nach Alter'),
  ],
  defaults: (_given, today) => ({ asOf: today }),
  run: async (reading, input) => {
    const company = await reading.company(input.companyId);
    const currency = company?.currency ?? 'EUR';
    const ofCompany = company ? { companyId: company.id } : {};
    const open = await openByCustomer(reading, ofCompany, input.asOf);
    const filter = { ...ofCompany, date: { lte: input.asOf } };
    const items = await everything<Item>(reading, 'open_item', {
      filter,
      fields: 'id,kind,side,date,dueDate,currency,amount,companyAmount,companyCurrency,voidedOn,instalments,customerId,customer.name',
    });
    const allocations = await everything<Given>(reading, 'allocation', {
      filter,
      fields: 'customerId,debitId,creditId,date,amount,creditAmount,companyAmount,creditCompanyAmount,undoneOn',
    });
    const given = Map.groupBy(allocations, ({ customerId }) => customerId);
    const told = [...Map.groupBy(items, ({ customerId }) => customerId)].map(([customerId, group]) => {
      const aged = ageing(group.map(itemInCompanyCurrency), (given.get(customerId) ?? []).map(allocationInCompanyCurrency), input.asOf);
      const said = { customerId, customer: group[0]?.customer?.name ?? '', currency, ...aged };
      const row = { links: { customer: { object: 'customer', id: customerId } } };
      return { ...said, open: toCurrency(open.get(customerId) ?? exact(0), currency), row };
    });
    const owing = told
      .filter(({ total, inFavour, open: owed }) => [total, inFavour, owed].some((figure) => Number(figure) !== 0))
      .toSorted((a, b) => a.customer.localeCompare(b.customer));
    if (owing.length === 0) return { rows: [] };
    const sum = owing.reduce((all, one) => all.plus(one.open), exact(0));
    const total: ReportRow = {
      customer: reading.language === 'de' ? 'Summe' : 'Total',
      currency,
      ...sumOfAgeings(owing, currency),
      open: toCurrency(sum, currency),
      row: { kind: 'total' },
    };
    return { rows: [...owing, total] };
  },
});

/** What open items add up to: those of documents by that day, less what was settled of them by then. */
async function openByCustomer(reading: Reading, ofCompany: object, asOf: string): Promise<ReadonlyMap<string, Exact>> {
  const valid = (field: string) => ({ or: [{ [field]: { isNull: true } }, { [field]: { gt: asOf } }] });
  const items = await reading.sums<Sums>('open_item', {
    groupBy: ['customerId', 'side'],
    metrics: [{ fn: 'sum', field: 'companyAmount', as: 'amount' }],
    filter: { ...ofCompany, date: { lte: asOf }, ...valid('voidedOn') },
  });
  const settled = await reading.sums<Sums>('allocation', {
    groupBy: ['customerId'],
    metrics: [
      { fn: 'sum', field: 'companyAmount', as: 'amount' },
      { fn: 'sum', field: 'creditCompanyAmount', as: 'credit' },
    ],
    filter: { ...ofCompany, date: { lte: asOf }, ...valid('undoneOn') },
  });
  const open = new Map<string, Exact>();
  const add = (customerId: string, amount: Exact): unknown => open.set(customerId, amount.plus(open.get(customerId) ?? 0));
  for (const { customerId, side, amount } of items) add(customerId, exact(amount ?? 0).times(side === 'debit' ? 1 : -1));
  for (const { customerId, amount, credit } of settled) add(customerId, exact(credit ?? 0).minus(amount ?? 0));
  return open;
}

/** All records that match, page by page: the books are held against all of them, however many there are. */
async function everything<R extends { readonly [field: string]: unknown }>(
  reading: Reading,
  object: string,
  query: { readonly filter: { readonly [field: string]: unknown }; readonly fields: string },
): Promise<readonly R[]> {
  const all: R[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof reading.page<R>>> = await reading.page<R>(object, { ...query, sort: 'id', limit: PAGE }, cursor);
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return all;
}
