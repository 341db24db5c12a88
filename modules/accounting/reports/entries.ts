import type { JournalEntry, JournalLine } from '#metadata/records.gen.ts';
import type { Reading } from '#platform/kernel/report.ts';
import { yearStart } from '../rules/spans.ts';
import { booksOf, demandOrder, ofCompany, type Books } from './books.ts';

/** What reports of the journal are asked. */
export type JournalInput = { readonly companyId?: string; readonly from?: string; readonly to: string };

/** An entry of the journal as reports tell it. */
export type Entry = Pick<
  JournalEntry,
  | 'id'
  | 'number'
  | 'date'
  | 'postedAt'
  | 'documentType'
  | 'reference'
  | 'description'
  | 'currency'
  | 'invoiceId'
  | 'creditNoteId'
  | 'deliveryNoteId'
> & { readonly lines: readonly Pick<JournalLine, 'accountId' | 'debit' | 'credit' | 'text' | 'vatCategory' | 'vatRate'>[] };

const ENTRIES = 150;
const FIELDS = [
  'id,number,date,documentType,reference,description,currency,invoiceId,creditNoteId,deliveryNoteId,postedAt',
  'lines.accountId,lines.debit,lines.credit,lines.text,lines.vatCategory,lines.vatRate',
].join(',');

/** The books and days that are asked for. */
export async function daysOf(
  reading: Reading,
  { companyId, from: given, to }: JournalInput,
): Promise<{ readonly books: Books; readonly from: string; readonly to: string }> {
  const books = await booksOf(reading, companyId);
  const from = given ?? yearStart(to, books.firstMonth);
  demandOrder({ from, to });
  return { books, from, to };
}

type Asked = { readonly from: string; readonly to: string; readonly cursor: string | null };

/** A page of the posted entries of some days, in their order. */
export function entriesPage(reading: Reading, books: Books, { from, to, cursor }: Asked) {
  const filter = { status: 'posted', date: { between: [from, to] }, ...ofCompany(books, 'companyId') };
  return reading.page<Entry>('journal_entry', { filter, fields: FIELDS, sort: 'date,number', limit: ENTRIES }, cursor);
}

/** All entries of some days, as they are read. */
export async function* allEntries(reading: Reading, books: Books, days: Omit<Asked, 'cursor'>): AsyncGenerator<readonly Entry[]> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof entriesPage>> = await entriesPage(reading, books, { ...days, cursor });
    yield page.items;
    cursor = page.next;
  } while (cursor !== null);
}
