import { exact, sumOf } from '#platform/kernel/decimal.ts';
import { defineReport, type ReadMetric, type ReportColumn, type ReportRow } from '#platform/kernel/report.ts';
import { ASKED, booksOf, ofCompany, written } from './books.ts';

type Moved = {
  readonly customerId: string | null;
  readonly 'customer.name': string | null;
  readonly debit: string | null;
  readonly credit: string | null;
};

const METRICS: readonly ReadMetric[] = [
  { fn: 'sum', field: 'debit', as: 'debit' },
  { fn: 'sum', field: 'credit', as: 'credit' },
];

const money = (name: string, en: string, de: string): ReportColumn => ({ name, label: { en, de }, type: 'money' });

/** What the books say of each customer: the lines of accounts with the role of receivables. Rows carry `customerId`. */
export const customerBalances = defineReport<{ companyId?: string; asOf: string }>({
  name: 'customer-balances',
  label: { en: 'Balances of customers', de: 'Salden der Kunden' },
  help: {
    en: 'What the control accounts of receivables have for each customer; the sum is what these accounts have.',
    de: 'Was die Sammelkonten der Forderungen für jeden Kunden haben; die Summe ist, was diese Konten haben.',
  },
  reads: ['account', 'journal_entry'],
  offeredAt: ['receivables_check'],
  input: [ASKED.asOf, ASKED.company],
  defaults: (_given, today) => ({ asOf: today }),
  columns: [
    { name: 'customer', label: { en: 'Customer', de: 'Kunde' }, type: 'text' },
    money('debit', 'Debit', 'Soll'),
    money('credit', 'Credit', 'Haben'),
    money('balance', 'Balance', 'Saldo'),
    money('byHand', 'Of it by hand', 'Davon von Hand'),
  ],
  run: async (reading, { companyId, asOf }) => {
    const books = await booksOf(reading, companyId);
    const filter = { 'account.role': 'receivables', date: { lte: asOf }, ...ofCompany(books, 'parent.companyId') };
    const groupBy = ['customerId', 'customer.name'];
    const all = await reading.sums<Moved>('journal_line', { groupBy, metrics: METRICS, filter });
    const manual = { ...filter, 'parent.documentType': 'manual' };
    const hand = await reading.sums<Moved>('journal_line', { groupBy: ['customerId'], metrics: METRICS, filter: manual });
    const byHand = new Map(hand.map((moved) => [moved.customerId, balance(moved)]));
    const nobody = reading.language === 'de' ? '(ohne Kunden)' : '(no customer)';
    const told = all.map((moved) => ({ moved, balance: balance(moved), byHand: byHand.get(moved.customerId) ?? exact(0) }));
    const rows = told.map(({ moved: { customerId, ...moved }, ...sums }): ReportRow => ({
      customerId,
      customer: moved['customer.name'] ?? nobody,
      currency: books.currency,
      debit: written(exact(moved.debit ?? 0), books),
      credit: written(exact(moved.credit ?? 0), books),
      balance: written(sums.balance, books),
      byHand: written(sums.byHand, books),
      row: customerId === null ? {} : { links: { customer: { object: 'customer', id: customerId } } },
    }));
    if (rows.length === 0) return { rows };
    const sum = (figure: (one: (typeof told)[number]) => string | null): string =>
      written(sumOf(told.map((one) => exact(figure(one) ?? 0))), books);
    const total = {
      customer: reading.language === 'de' ? 'Summe' : 'Total',
      currency: books.currency,
      debit: sum(({ moved }) => moved.debit),
      credit: sum(({ moved }) => moved.credit),
      balance: written(sumOf(told.map((one) => one.balance)), books),
      byHand: written(sumOf(told.map((one) => one.byHand)), books),
      row: { kind: 'total' },
    } as const;
    return { rows: [...rows.toSorted((a, b) => String(a['customer']).localeCompare(String(b['customer']))), total] };
  },
});

function balance({ debit, credit }: Moved) {
  return exact(debit ?? 0).minus(credit ?? 0);
}
