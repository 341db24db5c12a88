import type { JournalEntry, Period } from '#metadata/records.gen.ts';
import { exact, plain } from '#platform/kernel/decimal.ts';
import type { Work } from '#platform/kernel/module.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import type { NewLine } from '../rules/new-line.ts';
import { enter } from './enter.ts';

/** How an entry is reversed. */
type Reversal = { readonly date: string; readonly period: Period; readonly reason: string };

/** Posts the opposite of a posted entry and answers its id. The database lets an entry be reversed once. */
export async function reverseEntry(work: Work, entry: JournalEntry, { date, period, reason }: Reversal): Promise<string> {
  const id = uuidV7();
  await enter(work, [
    {
      id,
      period,
      date,
      companyId: entry.companyId ?? null,
      documentType: entry.documentType ?? 'manual',
      currency: currencyOf(entry),
      description: entry.description ?? null,
      reference: entry.reference ?? null,
      customerId: entry.customerId ?? null,
      invoiceId: entry.invoiceId ?? null,
      creditNoteId: entry.creditNoteId ?? null,
      deliveryNoteId: entry.deliveryNoteId ?? null,
      sourceObject: entry.sourceObject ?? null,
      source: entry.source ?? null,
      reversalOfId: entry.id,
      reversalReason: reason,
      lines: (entry.lines ?? []).map(opposite),
    },
  ]);
  return id;
}

function opposite({
  id: _id,
  parentId: _parent,
  position: _position,
  date: _date,
  periodId: _period,
  custom: _custom,
  ...line
}: NonNullable<JournalEntry['lines']>[number]): NewLine {
  return {
    ...line,
    debit: line.credit ?? null,
    credit: line.debit ?? null,
    documentAmount: line.documentAmount ? plain(exact(line.documentAmount).negated()) : null,
  };
}
