import type { CreditNote, Invoice, Posting } from '#metadata/records.gen.ts';
import type { RecordValues, Work } from '#platform/kernel/module.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { companyCurrencies } from './books.ts';
import type { PostingDocument } from './document.ts';
import { documentOf } from './keep.ts';
import { creditNoteDocument, invoiceDocument } from './priced-document.ts';

/** Kinds of records whose entry can be looked at before there is one. */
export type SourceObject = 'invoice' | 'credit_note' | 'posting';

/** A record of this or another service, which has it as `record`. */
type Source = { readonly sourceObject: SourceObject; readonly source: string; readonly record: RecordValues };

/** A document as it would be posted now, once more if it was already: it is told under ids of its own. */
export async function documentFor(work: Work, { sourceObject, source, record }: Source): Promise<PostingDocument> {
  const drawn = { id: uuidV7(), sourceEvent: uuidV7() };
  if (sourceObject === 'posting') return { ...documentOf(await work.lock<Posting>('posting', source)), ...drawn };
  const companyId = typeof record['companyId'] === 'string' ? record['companyId'] : null;
  const currencies = await companyCurrencies(work, [companyId]);
  const companyCurrency = currencies.get(companyId) ?? 'EUR';
  const dated = { ...record, date: record['date'] ?? work.today(companyId ?? undefined) };
  if (sourceObject === 'invoice') return invoiceDocument(trusted<Invoice>(dated), { ...drawn, companyCurrency });
  const note = trusted<CreditNote>(dated);
  const invoice = await work.get<Invoice>('invoice', note.invoiceId);
  const documentKind = invoice?.kind ?? null;
  return creditNoteDocument(note, { ...drawn, companyCurrency: currencies.get(companyId) ?? currencyOf(note), documentKind });
}
