import type { Invoice } from '#metadata/records.gen.ts';
import { onMany } from '#platform/kernel/module.ts';
import { currencyOf } from '#platform/kernel/money/currency.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { companyCurrencies } from '../posting/books.ts';
import { issuedBy } from '../posting/events-of-documents.ts';
import { keepAll } from '../posting/keep.ts';
import { invoiceDocument } from '../posting/priced-document.ts';

/** An invoice that is issued is posted. Its record's event tells it with number, lines and VAT. */
export const postInvoices = onMany({ module: 'invoices', type: 'InvoiceUpdated' }, 'postInvoices', async (work, happened) => {
  const issued = issuedBy<Invoice>(
    happened.map(({ event }) => event),
    'issue',
  );
  const currencies = await companyCurrencies(
    work,
    issued.map(({ record }) => record.companyId ?? null),
  );
  const documents = issued.map(({ record, event }) => {
    const companyCurrency = currencies.get(record.companyId ?? null) ?? currencyOf(record);
    return invoiceDocument(record, { id: uuidV7(), sourceEvent: event.id, companyCurrency });
  });
  await keepAll(work, documents);
});
