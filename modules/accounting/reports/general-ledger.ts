import type { JournalEntry, JournalLine } from '#metadata/records.gen.ts';
import { addDays } from '#platform/kernel/dates.ts';
import { exact, plain, type Exact } from '#platform/kernel/decimal.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineReport, type ReportLink, type ReportRow } from '#platform/kernel/report.ts';
import { balanceOf, NOTHING } from '../rules/amounts.ts';
import { yearStart } from '../rules/spans.ts';
import { ASKED, booksOf, demandOrder, LINE_COLUMNS, linesIn, movements, ofCompany, READS, written } from './books.ts';

type Input = {
  readonly accountId: string;
  readonly companyId?: string;
  readonly from?: string;
  readonly to: string;
  readonly costCenterId?: string;
};

/** A line with its entry, as reports tell it. */
export type LedgerLine = Pick<JournalLine, 'id' | 'date' | 'debit' | 'credit' | 'text'> & {
  readonly parent: Pick<JournalEntry, 'id' | 'number' | 'reference' | 'description' | 'documentType'> & SourceOf;
};

/** The document that an entry was posted for. */
type SourceOf = Pick<JournalEntry, 'invoiceId' | 'creditNoteId' | 'deliveryNoteId'>;

const ROWS = 500;
/** The fields of a line that such reports read. */
export const LEDGER_FIELDS = [
  'id,date,debit,credit,text,parent.id,parent.number,parent.reference,parent.description,parent.documentType',
  'parent.invoiceId,parent.creditNoteId,parent.deliveryNoteId',
].join(',');

/** One account line by line: what it had, each posting with its entry and document, and what it had then. */
export const generalLedger = defineReport<Input>({
  name: 'general-ledger',
  label: { en: 'General ledger', de: 'Kontenblatt' },
  help: {
    en: 'One account line by line: each posting with its entry and document, and what the account had then.',
    de: 'Ein Konto Zeile für Zeile: jede Buchung mit ihrem Beleg, und was das Konto danach hatte.',
  },
  reads: READS,
  offeredAt: ['account'],
  input: [
    { name: 'account', label: { en: 'Account', de: 'Konto' }, type: 'lookup', target: 'account', required: true },
    ASKED.from,
    ASKED.to,
    ASKED.costCenter,
    ASKED.company,
  ],
  defaults: (_given, today) => ({ to: today }),
  columns: [
    LINE_COLUMNS.date,
    LINE_COLUMNS.entry,
    LINE_COLUMNS.reference,
    LINE_COLUMNS.text,
    LINE_COLUMNS.debit,
    LINE_COLUMNS.credit,
    { name: 'balance', label: { en: 'Balance', de: 'Saldo' }, type: 'money' },
  ],
  run: async (reading, { accountId, companyId, to, costCenterId, ...given }) => {
    const books = await booksOf(reading, companyId);
    const from = given.from ?? yearStart(to, books.firstMonth);
    demandOrder({ from, to });
    const after = reading.after === null ? null : placeIn(reading.after);
    const before = async (): Promise<Exact> => {
      const all = await movements(reading, books, { from: null, to: addDays(from, -1), costCenterId });
      return balanceOf(all.get(accountId) ?? NOTHING);
    };
    let balance = after ? exact(after.balance) : await before();
    const filter = {
      accountId,
      ...linesIn({ from, to }),
      ...ofCompany(books, 'parent.companyId'),
      ...(costCenterId === undefined ? {} : { costCenterId }),
    };
    const page = await reading.page<LedgerLine>(
      'journal_line',
      { filter, fields: LEDGER_FIELDS, sort: 'date,id', limit: ROWS },
      after?.cursor ?? null,
    );
    const say = (en: string, de: string): string => (reading.language === 'de' ? de : en);
    const mark = (date: string, text: string): ReportRow => ({
      date,
      text,
      currency: books.currency,
      balance: written(balance, books),
      row: { kind: 'total' },
    });
    const opening = after ? [] : [mark(from, say('Opening balance', 'Anfangssaldo'))];
    const rows = page.items.map((line): ReportRow => {
      balance = balance.plus(line.debit ?? 0).minus(line.credit ?? 0);
      return { ...lineRow(line), currency: books.currency, balance: written(balance, books) };
    });
    const closing = page.next === null ? [mark(to, say('Closing balance', 'Endsaldo'))] : [];
    const next = page.next === null ? null : JSON.stringify({ cursor: page.next, balance: plain(balance) });
    return { rows: [...opening, ...rows, ...closing], next, asked: { from, to } };
  },
});

/** A line as a row that leads to its entry and document. */
export function lineRow({ date, debit, credit, text, parent }: LedgerLine): ReportRow {
  const document = documentOf(parent);
  const links: { readonly [column: string]: ReportLink } = {
    entry: { object: 'journal_entry', id: parent.id },
    ...(document ? { reference: document } : {}),
  };
  const said = text || parent.description || null;
  return {
    date,
    entry: parent.number ?? null,
    reference: parent.reference ?? null,
    text: said,
    debit: debit ?? null,
    credit: credit ?? null,
    row: { links },
  };
}

/** Where the document of an entry is. */
export function documentOf({ invoiceId, creditNoteId, deliveryNoteId }: SourceOf): ReportLink | null {
  if (creditNoteId) return { object: 'credit_note', id: creditNoteId };
  if (invoiceId) return { object: 'invoice', id: invoiceId };
  return deliveryNoteId ? { object: 'delivery_note', id: deliveryNoteId } : null;
}

/** Where to go on, with what the account had there. Refuses what is none of ours. */
function placeIn(text: string): { readonly cursor: string; readonly balance: string } {
  const [cursor, balance] = [/"cursor":"([\w-]+=*)"/.exec(text)?.[1], /"balance":"(-?\d+(?:\.\d+)?)"/.exec(text)?.[1]];
  if (cursor !== undefined && balance !== undefined) return { cursor, balance };
  throw new Refusal('malformed_request', {
    en: 'after is what the page before answered as next.',
    de: 'after ist, was die Seite davor als next nannte.',
  });
}
