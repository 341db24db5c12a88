import { addDays, addMonths } from '#platform/kernel/dates.ts';
import { defineReport } from '#platform/kernel/report.ts';
import { EXPENSES, figureRow, INCOME, said, sectionRows, sumOfPairs, type Writing } from '../rules/sections.ts';
import { yearStart } from '../rules/spans.ts';
import { accountsOf, ASKED, booksOf, demandOrder, movements, READS, written } from './books.ts';

type Input = {
  readonly companyId?: string;
  readonly from?: string;
  readonly to: string;
  readonly compareFrom?: string;
  readonly compareTo?: string;
  readonly costCenterId?: string;
};

/** What came in and what it cost in a period, beside another one; the year's end, which empties these accounts, is left out. */
export const profitAndLoss = defineReport<Input>({
  name: 'profit-and-loss',
  label: { en: 'Profit and loss', de: 'Gewinn- und Verlustrechnung' },
  help: {
    en: 'What came in and what it cost in a period, beside the same period a year before or any other.',
    de: 'Erträge und Aufwendungen eines Zeitraums, neben demselben im Vorjahr oder einem anderen.',
  },
  reads: READS,
  input: [
    ASKED.from,
    ASKED.to,
    { name: 'compareFrom', label: { en: 'Compared with, from', de: 'Vergleich von' }, type: 'date' },
    { name: 'compareTo', label: { en: 'Compared with, to', de: 'Vergleich bis' }, type: 'date' },
    ASKED.costCenter,
    ASKED.company,
  ],
  defaults: (_given, today) => ({ to: today }),
  columns: [
    { name: 'account', label: { en: 'Account', de: 'Konto' }, type: 'text' },
    { name: 'amount', label: { en: 'Amount', de: 'Betrag' }, type: 'money' },
    { name: 'comparison', label: { en: 'Comparison', de: 'Vergleich' }, type: 'money' },
    { name: 'change', label: { en: 'Change', de: 'Veränderung' }, type: 'money' },
  ],
  run: async (reading, { companyId, to, costCenterId, ...given }) => {
    const books = await booksOf(reading, companyId);
    const from = given.from ?? yearStart(to, books.firstMonth);
    const compareFrom = given.compareFrom ?? addMonths(from, -12);
    const compareTo = given.compareTo ?? addDays(addMonths(addDays(to, 1), -12), -1);
    demandOrder({ from, to });
    demandOrder({ from: compareFrom, to: compareTo });
    const told = { costCenterId, withoutClosing: true };
    const [accounts, now, then] = await Promise.all([
      accountsOf(reading),
      movements(reading, books, { from, to, ...told }),
      movements(reading, books, { from: compareFrom, to: compareTo, ...told }),
    ]);
    const ofCompany = companyId === undefined ? {} : { companyId };
    const ofCostCenter = costCenterId === undefined ? {} : { costCenterId };
    const writing: Writing = {
      language: reading.language,
      currency: books.currency,
      written: (amount) => written(amount, books),
      inputOf: ({ id }) => ({ accountId: id, from, to, ...ofCompany, ...ofCostCenter }),
    };
    const income = sectionRows(INCOME, accounts, [now, then], writing);
    const expenses = sectionRows(EXPENSES, accounts, [now, then], writing);
    const result = said({ en: 'Result', de: 'Ergebnis' }, writing);
    const total = figureRow(result, sumOfPairs([income.sum, 1], [expenses.sum, -1]), writing, { kind: 'total' });
    return { rows: [...income.rows, ...expenses.rows, total], asked: { from, to, compareFrom, compareTo } };
  },
});
