import type { JournalEntry, Period } from '#metadata/records.gen.ts';
import { sumOf } from '#platform/kernel/decimal.ts';
import type { Work } from '#platform/kernel/module.ts';
import { toCurrency } from '#platform/kernel/money/currency.ts';
import { glUpdated, transactionPosted } from '../events.ts';
import type { NewLine } from '../rules/new-line.ts';
import type { DocumentType } from '../rules/period-state.ts';
import { addToBalances } from './balances.ts';
import { numberYears } from './periods.ts';

/** An entry that is to be posted in a period that is open and locked. Its lines balance. */
export type NewEntry = {
  readonly id: string;
  readonly period: Period;
  readonly companyId: string | null;
  readonly date: string;
  readonly documentType: DocumentType;
  readonly currency: string;
  readonly lines: readonly NewLine[];
} & Partial<
  Pick<
    JournalEntry,
    | 'description'
    | 'reference'
    | 'customerId'
    | 'invoiceId'
    | 'creditNoteId'
    | 'deliveryNoteId'
    | 'sourceObject'
    | 'source'
    | 'sourceEvent'
    | 'ruleId'
    | 'reversalOfId'
    | 'reversalReason'
  >
>;

/** An entry with its number. */
export type PostedEntry = NewEntry & { readonly number: string };

/** Posts new entries, each with the next number of its year: entries, balances, events, all in this work. */
export async function enter(work: Work, entries: readonly NewEntry[]): Promise<readonly PostedEntry[]> {
  const posted = await numbered(work, entries);
  await work.createMany(
    'journal_entry',
    posted.map(({ period, id, ...values }) => ({ ...values, ...standing(work, { period, ...values }), id })),
  );
  await tell(work, posted);
  return posted;
}

/** The numbers of entries, in their order. */
export async function numbered(work: Work, entries: readonly NewEntry[]): Promise<readonly PostedEntry[]> {
  const years = await numberYears(
    work,
    entries.map(({ period }) => period),
  );
  const series = Map.groupBy(entries, ({ companyId, period }) => `${companyId ?? ''} ${years.get(period.fiscalYearId) ?? 0}`);
  const numbers = new Map<string, string>();
  for (const [, group] of [...series].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const [first] = group;
    if (!first) continue;
    const fiscalYear = years.get(first.period.fiscalYearId) ?? 0;
    const drawn = await work.drawNumbers('journal_entry', { field: 'number', companyId: first.companyId, fiscalYear, count: group.length });
    for (const [at, entry] of group.entries()) numbers.set(entry.id, drawn[at] ?? '');
  }
  return entries.map((entry) => ({ ...entry, number: numbers.get(entry.id) ?? '' }));
}

/** What an entry is when it stands in the ledger; its lines tell its day and period, so that accounts can be read by them. */
export function standing<Line extends NewLine>(
  work: Work,
  {
    period,
    date,
    currency,
    lines,
  }: { readonly period: Period; readonly date: string; readonly currency: string; readonly lines: readonly Line[] },
) {
  return {
    status: 'posted',
    lines: lines.map((line) => ({ ...line, date, periodId: period.id })),
    fiscalYearId: period.fiscalYearId,
    periodId: period.id,
    total: totalOf({ currency, lines }),
    postedAt: work.now,
    postedBy: work.caller.actor,
  };
}

/** Counts what was posted in the balances and tells it. */
export async function tell(work: Work, posted: readonly PostedEntry[]): Promise<void> {
  await addToBalances(work, posted);
  for (const entry of posted)
    await work.emit(transactionPosted, `journal_entry/${entry.id}`, {
      entryId: entry.id,
      number: entry.number,
      companyId: entry.companyId,
      date: entry.date,
      periodId: entry.period.id,
      documentType: entry.documentType,
      total: totalOf(entry),
      currency: entry.currency,
      sourceObject: entry.sourceObject ?? null,
      sourceId: entry.source ?? null,
      sourceEvent: entry.sourceEvent ?? null,
      reversalOf: entry.reversalOfId ?? null,
    });
  for (const [periodId, group] of Map.groupBy(posted, ({ period }) => period.id))
    await work.emit(glUpdated, `period/${periodId}`, {
      companyId: group[0]?.companyId ?? null,
      periodId,
      accountIds: [...new Set(group.flatMap(({ lines }) => lines.map(({ accountId }) => accountId)))],
      entries: group.length,
    });
}

function totalOf({ lines, currency }: Pick<NewEntry, 'lines' | 'currency'>): string {
  return toCurrency(sumOf(lines.map((line) => line.debit ?? 0)), currency);
}
