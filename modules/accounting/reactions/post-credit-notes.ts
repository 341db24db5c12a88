import type { CreditNote, Invoice } from '#metadata/records.gen.ts';
import { onMany } from '#platform/kernel/module.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { companyCurrencies } from '../posting/books.ts';
import type { PostingDocument } from '../posting/document.ts';
import { issuedBy } from '../posting/events-of-documents.ts';
import { keepAll } from '../posting/keep.ts';
import { creditNoteDocument } from '../posting/priced-document.ts';

/** A credit note that is issued is posted. Of which kind its invoice is may not be known here yet: then it waits for that. */
export const postCreditNotes = onMany({ module: 'invoices', type: 'CreditNoteUpdated' }, 'postCreditNotes', async (work, happened) => {
  const issued = issuedBy<CreditNote>(
    happened.map(({ event }) => event),
    'issue',
  );
  const currencies = await companyCurrencies(
    work,
    issued.map(({ record }) => record.companyId ?? null),
  );
  const documents: PostingDocument[] = [];
  for (const { record, event } of issued) {
    const invoice = await work.get<Invoice>('invoice', record.invoiceId);
    const companyCurrency = currencies.get(record.companyId ?? null) ?? currencyOf(record);
    const documentKind = invoice?.kind ?? null;
    documents.push(creditNoteDocument(record, { id: uuidV7(), sourceEvent: event.id, companyCurrency, documentKind }));
  }
  await keepAll(work, documents);
});
