import type { FiscalYear, JournalEntry, Period } from '#metadata/records.gen.ts';

/** A kind of document, as periods are closed for. */
export type DocumentType = NonNullable<JournalEntry['documentType']>;

/** The kinds of documents that a period is closed for; the year's end is entered above all of them. */
export const CLOSABLE: readonly DocumentType[] = [
  'manual',
  'invoice',
  'creditNote',
  'stock',
  'payment',
  'refund',
  'chargeback',
  'payout',
  'settlement',
  'dunning',
  'opening',
];

type Closed = Pick<Period, 'softClosedFor' | 'closedFor'>;

/** Whether documents of a kind can no longer be posted in a period, for now or for good. */
export function isClosedFor(period: Closed, documentType: DocumentType): boolean {
  return documentType !== 'closing' && [...(period.softClosedFor ?? []), ...(period.closedFor ?? [])].includes(documentType);
}

/** A period closed for some kinds of documents, none named for all: soft, or for good. What is closed for good stays so. */
export function closed(period: Closed, how: { readonly isHard: boolean; readonly documents: readonly DocumentType[] }) {
  const asked = how.documents.length === 0 ? CLOSABLE : how.documents;
  const hard = union(period.closedFor, how.isHard ? asked : []);
  const soft = union(period.softClosedFor, how.isHard ? [] : asked).filter((type) => !hard.includes(type));
  return { closedFor: hard, softClosedFor: soft, status: statusOf(hard, soft) };
}

/** A period open again for some kinds of documents, none named for all that are not closed for good. */
export function reopened(period: Closed, documents: readonly DocumentType[]) {
  const hard = union(period.closedFor, []);
  const soft = union(period.softClosedFor, []).filter((type) => documents.length > 0 && !documents.includes(type));
  return { closedFor: hard, softClosedFor: soft, status: statusOf(hard, soft) };
}

function statusOf(hard: readonly DocumentType[], soft: readonly DocumentType[]): NonNullable<Period['status']> {
  if (hard.length >= CLOSABLE.length) return 'closed';
  if (hard.length + soft.length >= CLOSABLE.length) return 'softClosed';
  return hard.length + soft.length > 0 ? 'partlyClosed' : 'open';
}

function union(known: Closed['closedFor'], more: readonly DocumentType[]): readonly DocumentType[] {
  const all: readonly string[] = [...(known ?? []), ...more];
  return CLOSABLE.filter((type) => all.includes(type));
}

/** First and last day of the fiscal year that a day falls into; `firstMonth` is 1 to 12. */
export function yearAround(day: string, firstMonth: number): Pick<FiscalYear, 'from' | 'to' | 'name'> & { readonly year: number } {
  const year = Number(day.slice(5, 7)) < firstMonth ? Number(day.slice(0, 4)) - 1 : Number(day.slice(0, 4));
  const months = monthsFrom(year, firstMonth);
  const [first, last] = [months[0], months.at(-1)];
  return {
    year,
    from: first?.from ?? day,
    to: last?.to ?? day,
    name: firstMonth === 1 ? String(year) : `${year}/${String((year + 1) % 100).padStart(2, '0')}`,
  };
}

/** The twelve months of the fiscal year that begins in a month of a calendar year. */
export function monthsFrom(
  year: number,
  firstMonth: number,
): readonly { readonly name: string; readonly from: string; readonly to: string }[] {
  return Array.from({ length: 12 }, (_, index) => {
    const month = firstMonth - 1 + index;
    const [calendarYear, inYear] = [year + Math.floor(month / 12), (month % 12) + 1];
    const name = `${calendarYear}-${String(inYear).padStart(2, '0')}`;
    const days = new Date(Date.UTC(calendarYear, inYear, 0)).getUTCDate();
    return { name, from: `${name}-01`, to: `${name}-${String(days).padStart(2, '0')}` };
  });
}
