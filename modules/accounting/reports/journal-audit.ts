import { exact, plain } from '#platform/kernel/decimal.ts';
import type { Reading, ReportFile } from '#platform/kernel/report.ts';
import { accountName } from '../rules/account-tree.ts';
import { auditHeads, auditIndex, auditLine, type AuditTable } from '../rules/gobd.ts';
import { accountsOf } from './books.ts';
import { allEntries, daysOf, type Entry, type JournalInput } from './entries.ts';

const JOURNAL: AuditTable = {
  file: 'journal.csv',
  name: 'Journal',
  description: 'Alle Buchungen, Zeile für Zeile',
  columns: [
    { name: 'Buchungsnummer', kind: 'text', isKey: true },
    { name: 'Zeile', kind: 'text', isKey: true },
    { name: 'Buchungsdatum', kind: 'date' },
    { name: 'Erfasst', kind: 'text' },
    { name: 'Konto', kind: 'text' },
    { name: 'Soll', kind: 'number' },
    { name: 'Haben', kind: 'number' },
    { name: 'Währung', kind: 'text' },
    { name: 'Steuerart', kind: 'text' },
    { name: 'Steuersatz', kind: 'number' },
    { name: 'Beleg', kind: 'text' },
    { name: 'Text', kind: 'text' },
  ],
};
const ACCOUNTS: AuditTable = {
  file: 'konten.csv',
  name: 'Konten',
  description: 'Der Kontenplan',
  columns: [
    { name: 'Konto', kind: 'text', isKey: true },
    { name: 'Bezeichnung', kind: 'text' },
    { name: 'Art', kind: 'text' },
  ],
};
const DOCUMENTS: AuditTable = {
  file: 'belege.csv',
  name: 'Belege',
  description: 'Die Belege, zu denen gebucht wurde',
  columns: [
    { name: 'Buchungsnummer', kind: 'text', isKey: true },
    { name: 'Belegart', kind: 'text' },
    { name: 'Belegnummer', kind: 'text' },
    { name: 'Datum', kind: 'date' },
    { name: 'Betrag', kind: 'number' },
    { name: 'Währung', kind: 'text' },
    { name: 'Beschreibung', kind: 'text' },
  ],
};

/** Journal, accounts and documents for a tax audit (GoBD, the third kind of access): CSV files, and index.xml that describes them. */
export const auditFiles: ReportFile<JournalInput> = {
  format: 'gobd',
  label: { en: 'Tax audit (GoBD)', de: 'Betriebsprüfung (GoBD)' },
  name: 'gobd.zip',
  files: (reading, input) => [
    { name: 'index.xml', text: indexOf(reading, input) },
    { name: JOURNAL.file, text: written(reading, input, { table: JOURNAL, linesOf: journalLines }) },
    { name: ACCOUNTS.file, text: accountFile(reading) },
    { name: DOCUMENTS.file, text: written(reading, input, { table: DOCUMENTS, linesOf: documentLines }) },
  ],
};

async function* indexOf(reading: Reading, input: JournalInput): AsyncGenerator<string> {
  const { books, from, to } = await daysOf(reading, input);
  yield auditIndex({ supplier: books.name, from, to }, [JOURNAL, ACCOUNTS, DOCUMENTS]);
}

type Codes = ReadonlyMap<string, string>;

async function* written(
  reading: Reading,
  input: JournalInput,
  { table, linesOf }: { readonly table: AuditTable; readonly linesOf: (entry: Entry, codes: Codes) => readonly string[] },
): AsyncGenerator<string> {
  const { books, from, to } = await daysOf(reading, input);
  const codes = new Map((await accountsOf(reading)).map(({ id, code }) => [id, code]));
  yield auditHeads(table.columns);
  for await (const entries of allEntries(reading, books, { from, to })) yield entries.flatMap((entry) => linesOf(entry, codes)).join('');
}

function journalLines(entry: Entry, codes: Codes): readonly string[] {
  return entry.lines.map(({ accountId, debit, credit, text, vatCategory, vatRate }, at) =>
    auditLine(JOURNAL.columns, [
      entry.number,
      String(at + 1),
      entry.date,
      entry.postedAt,
      codes.get(accountId),
      debit,
      credit,
      entry.currency,
      vatCategory,
      vatRate,
      entry.reference,
      text || entry.description,
    ]),
  );
}

function documentLines(entry: Entry): readonly string[] {
  const total = entry.lines.reduce((sum, { debit }) => sum.plus(debit ?? 0), exact(0));
  const { number, documentType, reference, date, currency, description } = entry;
  return [auditLine(DOCUMENTS.columns, [number, documentType, reference ?? number, date, plain(total), currency, description])];
}

async function* accountFile(reading: Reading): AsyncGenerator<string> {
  yield auditHeads(ACCOUNTS.columns);
  for (const account of await accountsOf(reading))
    yield auditLine(ACCOUNTS.columns, [account.code, accountName(account, 'de').slice(account.code.length + 1), account.type]);
}
