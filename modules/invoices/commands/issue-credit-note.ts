import type { Company, CreditNote, Customer, Invoice } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { currencyOf, toCurrency } from '#platform/kernel/money/currency.ts';
import { invoiceCredited } from '../events.ts';
import { orderQuantities } from '../rules/order-quantities.ts';
import { snapshotOf } from '../rules/snapshot.ts';
import { ofInvoice, sumsOf } from '../rules/sums.ts';

/** Makes a credit note binding: it draws its number; the invoice counts what was credited, and the order may invoice it again. */
export const issueCreditNote = defineCommand<CreditNote, Record<string, never>>({
  object: 'credit_note',
  name: 'issue',
  run: async (work, note) => {
    const invoice = await work.lock<Invoice>('invoice', note.invoiceId);
    const company = note.companyId ? await work.get<Company>('company', note.companyId) : null;
    const customer = await work.get<Customer>('customer', note.customerId);
    const credited = new Map((note.lines ?? []).map((line) => [line.invoiceLine, line.quantity]));
    const lines = (invoice.lines ?? []).map((line) => {
      const quantity = credited.get(line.id ?? '');
      return quantity
        ? {
            ...line,
            credited: exact(quantity)
              .plus(line.credited ?? 0)
              .toFixed(),
          }
        : line;
    });
    const date = work.today(note.companyId ?? undefined);
    await work.save('invoice', {
      id: invoice.id,
      lines,
      creditedTotal: toCurrency(exact(note.grossTotal ?? 0).plus(invoice.creditedTotal ?? 0), currencyOf(invoice)),
    });
    await work.emit(invoiceCredited, `invoice/${invoice.id}`, {
      ...ofInvoice(invoice),
      creditNoteId: note.id,
      returnNoteId: note.returnNoteId ?? null,
      companyId: note.companyId ?? null,
      date,
      ...sumsOf(note),
      lines: orderQuantities(note.lines),
    });
    return { values: { date, issuedAt: work.now, ...snapshotOf(note, customer, company) } };
  },
});
