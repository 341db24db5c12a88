import { addDays } from '#platform/kernel/dates.ts';
import { exact, type Exact } from '#platform/kernel/decimal.ts';
import { defineReport, type ReportRow } from '#platform/kernel/report.ts';
import { accountName } from '../rules/account-tree.ts';
import { balanceOf, NOTHING } from '../rules/amounts.ts';
import { cashFlow, isCash, type Flow } from '../rules/cash-flow.ts';
import { yearStart } from '../rules/spans.ts';
import { accountsOf, ASKED, booksOf, demandOrder, movements, READS, written } from './books.ts';

type Input = { readonly companyId?: string; readonly from?: string; readonly to: string };

/** Where cash came from and where it went, by the indirect method: from the result to what cash changed. */
export const cashFlowReport = defineReport<Input>({
  name: 'cash-flow',
  label: { en: 'Cash flow', de: 'Kapitalflussrechnung' },
  help: {
    en: 'Where cash came from and where it went: from the result to the change of cash (indirect method).',
    de: 'Woher Geld kam und wohin es ging: vom Ergebnis zur Veränderung der liquiden Mittel (indirekte Methode).',
  },
  reads: READS,
  input: [ASKED.from, ASKED.to, ASKED.company],
  defaults: (_given, today) => ({ to: today }),
  columns: [
    { name: 'name', label: { en: 'From and to', de: 'Woher und wohin' }, type: 'text' },
    { name: 'amount', label: { en: 'Amount', de: 'Betrag' }, type: 'money' },
  ],
  run: async (reading, { companyId, to, ...given }) => {
    const books = await booksOf(reading, companyId);
    const from = given.from ?? yearStart(to, books.firstMonth);
    demandOrder({ from, to });
    const [accounts, before, moved] = await Promise.all([
      accountsOf(reading),
      movements(reading, books, { from: null, to: addDays(from, -1) }),
      movements(reading, books, { from, to, withoutClosing: true }),
    ]);
    const flow = cashFlow(accounts, moved);
    const had = accounts.filter(isCash).reduce((sum, { id }) => sum.plus(balanceOf(before.get(id) ?? NOTHING)), exact(0));
    const say = (en: string, de: string): string => (reading.language === 'de' ? de : en);
    const row = (name: string, amount: Exact, form: ReportRow['row']): ReportRow => ({
      name,
      currency: books.currency,
      amount: written(amount, books),
      ...(form ? { row: form } : {}),
    });
    const inner = (name: string, flows: readonly Flow[], first: readonly ReportRow[] = [], result = exact(0)): readonly ReportRow[] => [
      row(
        name,
        flows.reduce((sum, { amount }) => sum.plus(amount), result),
        { kind: 'group', level: 0 },
      ),
      ...first,
      ...flows.map(({ account, amount }) => {
        const input = { accountId: account.id, from, to, ...(companyId === undefined ? {} : { companyId }) };
        return row(accountName(account, reading.language), amount, {
          level: 1,
          links: { name: { report: 'accounting/general-ledger', input } },
        });
      }),
    ];
    const result = row(say('Result', 'Ergebnis'), flow.result, { level: 1 });
    return {
      rows: [
        ...inner(say('From operations', 'Aus laufender Geschäftstätigkeit'), flow.operating, [result], flow.result),
        ...inner(say('From investment', 'Aus Investitionstätigkeit'), flow.investing),
        ...inner(say('From financing', 'Aus Finanzierungstätigkeit'), flow.financing),
        row(say('Change of cash', 'Veränderung der liquiden Mittel'), flow.change, { kind: 'total' }),
        row(say('Cash before', 'Liquide Mittel am Anfang'), had, {}),
        row(say('Cash after', 'Liquide Mittel am Ende'), had.plus(flow.change), { kind: 'total' }),
      ],
      asked: { from, to },
    };
  },
});
