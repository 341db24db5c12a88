import { addDays } from '#platform/kernel/dates.ts';
import { exact, sumOf, type Exact } from '#platform/kernel/decimal.ts';
import { defineReport, type ReportColumn, type ReportRow } from '#platform/kernel/report.ts';
import { accountName } from '../rules/account-tree.ts';
import { balanceOf, NOTHING } from '../rules/amounts.ts';
import { yearStart } from '../rules/spans.ts';
import { accountsOf, ASKED, booksOf, demandOrder, movements, READS, written } from './books.ts';

type Input = { readonly companyId?: string; readonly from?: string; readonly to: string; readonly costCenterId?: string };

const money = (name: string, en: string, de: string): ReportColumn => ({ name, label: { en, de }, type: 'money' });

/** Every account with what it had, what moved and what it has; debits and credits of all of them are the same. */
export const trialBalance = defineReport<Input>({
  name: 'trial-balance',
  label: { en: 'Trial balance', de: 'Summen- und Saldenliste' },
  help: {
    en: 'Every account: what it had, what moved, what it has. Debits and credits are the same.',
    de: 'Jedes Konto: was es hatte, was sich bewegte, was es hat. Soll und Haben sind gleich.',
  },
  reads: READS,
  input: [ASKED.from, ASKED.to, ASKED.costCenter, ASKED.company],
  defaults: (_given, today) => ({ to: today }),
  columns: [
    { name: 'account', label: { en: 'Account', de: 'Konto' }, type: 'text' },
    money('opening', 'Opening balance', 'Anfangssaldo'),
    money('debit', 'Debit', 'Soll'),
    money('credit', 'Credit', 'Haben'),
    money('closingDebit', 'Balance, debit', 'Saldo Soll'),
    money('closingCredit', 'Balance, credit', 'Saldo Haben'),
  ],
  run: async (reading, { companyId, to, costCenterId, ...given }) => {
    const books = await booksOf(reading, companyId);
    const from = given.from ?? yearStart(to, books.firstMonth);
    demandOrder({ from, to });
    const [accounts, before, moved] = await Promise.all([
      accountsOf(reading),
      movements(reading, books, { from: null, to: addDays(from, -1), costCenterId }),
      movements(reading, books, { from, to, costCenterId }),
    ]);
    const told = accounts.flatMap((account) => {
      const opening = balanceOf(before.get(account.id) ?? NOTHING);
      const { debit, credit } = moved.get(account.id) ?? NOTHING;
      const closing = opening.plus(debit).minus(credit);
      return [opening, debit, credit, closing].every((figure) => figure.isZero()) ? [] : [{ account, opening, debit, credit, closing }];
    });
    const figures = (opening: Exact, debit: Exact, credit: Exact, [owed, owing]: readonly [Exact, Exact]) => ({
      currency: books.currency,
      opening: written(opening, books),
      debit: written(debit, books),
      credit: written(credit, books),
      closingDebit: written(owed, books),
      closingCredit: written(owing, books),
    });
    const rows = told.map(({ account, opening, debit, credit, closing }): ReportRow => {
      const input = { accountId: account.id, from, to, ...(companyId === undefined ? {} : { companyId }) };
      return {
        account: accountName(account, reading.language),
        ...figures(opening, debit, credit, sidesOf(closing)),
        row: { links: { account: { report: 'accounting/general-ledger', input } } },
      };
    });
    const sides = told.map(({ closing }) => sidesOf(closing));
    const total = figures(
      sumOf(told.map(({ opening }) => opening)),
      sumOf(told.map(({ debit }) => debit)),
      sumOf(told.map(({ credit }) => credit)),
      [sumOf(sides.map(([owed]) => owed)), sumOf(sides.map(([, owing]) => owing))],
    );
    const named = { account: reading.language === 'de' ? 'Summe' : 'Total', ...total, row: { kind: 'total' } } as const;
    return { rows: rows.length === 0 ? [] : [...rows, named], asked: { from, to } };
  },
});

/** A balance on the side on which it stands. */
function sidesOf(balance: Exact): readonly [Exact, Exact] {
  return balance.isNegative() ? [exact(0), balance.negated()] : [balance, exact(0)];
}
