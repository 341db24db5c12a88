import { defineReport, type ReportLink, type ReportRow } from '#platform/kernel/report.ts';
import { accountName, type ToldAccount } from '../rules/account-tree.ts';
import { accountsOf, ASKED, LINE_COLUMNS, READS } from './books.ts';
import { daysOf, entriesPage, type Entry, type JournalInput } from './entries.ts';
import { documentOf } from './general-ledger.ts';
import { auditFiles } from './journal-audit.ts';
import { plainTextLedger } from './journal-text.ts';

/** All entries in their order, line by line; it leaves for other accounting programs and for tax audits too. */
export const journal = defineReport<JournalInput>({
  name: 'journal',
  label: { en: 'Journal', de: 'Buchungsjournal' },
  help: {
    en: 'All entries in their order, line by line; also as plain-text accounting and as an archive for tax audits.',
    de: 'Alle Buchungen in ihrer Folge, Zeile für Zeile; auch für andere Buchhaltungsprogramme und als Datenträger für die Betriebsprüfung.',
  },
  reads: READS,
  input: [ASKED.from, ASKED.to, ASKED.company],
  defaults: (_given, today) => ({ to: today }),
  columns: [
    LINE_COLUMNS.date,
    LINE_COLUMNS.entry,
    LINE_COLUMNS.reference,
    LINE_COLUMNS.account,
    LINE_COLUMNS.text,
    LINE_COLUMNS.debit,
    LINE_COLUMNS.credit,
  ],
  run: async (reading, input) => {
    const { books, from, to } = await daysOf(reading, input);
    const accounts = new Map((await accountsOf(reading)).map((account) => [account.id, account]));
    const { items, next } = await entriesPage(reading, books, { from, to, cursor: reading.after });
    return { rows: items.flatMap((entry) => rowsOf(entry, accounts, reading.language)), next, asked: { from, to } };
  },
  files: [plainTextLedger, auditFiles],
});

function rowsOf(entry: Entry, accounts: ReadonlyMap<string, ToldAccount>, language: 'en' | 'de'): readonly ReportRow[] {
  const document = documentOf(entry);
  const links: { readonly [column: string]: ReportLink } = {
    entry: { object: 'journal_entry', id: entry.id },
    ...(document ? { reference: document } : {}),
  };
  return entry.lines.map(({ accountId, debit, credit, text }) => {
    const account = accounts.get(accountId);
    return {
      date: entry.date,
      entry: entry.number ?? null,
      reference: entry.reference ?? null,
      account: account ? accountName(account, language) : null,
      text: text || entry.description || null,
      currency: entry.currency ?? null,
      debit: debit ?? null,
      credit: credit ?? null,
      row: { links },
    };
  });
}
