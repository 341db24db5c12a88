import type { Reading, ReportFile } from '#platform/kernel/report.ts';
import { accountLines, entryText, exportedName, type ExportedEntry } from '../rules/plain-text-ledger.ts';
import { accountsOf } from './books.ts';
import { allEntries, daysOf, type Entry, type JournalInput } from './entries.ts';

/** The journal in plain-text accounting, as hledger and ledger read it. */
export const plainTextLedger: ReportFile<JournalInput> = {
  format: 'hledger',
  label: { en: 'Plain-text accounting', de: 'Plain-Text-Buchhaltung' },
  name: 'journal.journal',
  type: 'text/plain; charset=utf-8',
  text: async function* text(reading: Reading, input: JournalInput) {
    const { books, from, to } = await daysOf(reading, input);
    const accounts = await accountsOf(reading);
    const names = new Map(accounts.map((account) => [account.id, exportedName(account)]));
    yield `; ${from} – ${to}\n\n${accountLines(accounts)}`;
    for await (const entries of allEntries(reading, books, { from, to }))
      yield entries.map((entry) => entryText(exported(entry, books.currency), (id) => names.get(id) ?? `unknown:${id}`)).join('');
  },
};

function exported(entry: Entry, currency: string): ExportedEntry {
  return {
    number: entry.number ?? null,
    date: entry.date,
    documentType: entry.documentType ?? null,
    reference: entry.reference ?? null,
    description: entry.description ?? null,
    currency: entry.currency ?? currency,
    lines: entry.lines.map(({ accountId, debit, credit, text }) => ({
      accountId,
      debit: debit ?? null,
      credit: credit ?? null,
      text: text ?? null,
    })),
  };
}
