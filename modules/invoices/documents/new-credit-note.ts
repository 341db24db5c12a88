import type { Invoice, InvoiceLine } from '#metadata/records.gen.ts';
import { exact, plain } from '#platform/kernel/decimal.ts';
import type { Work } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { creditOf, type Credited } from '../rules/amounts.ts';
import { creditLines } from '../rules/credit.ts';

/** A credit note that was made, as a draft, and the invoice's lines that count it. */
type Made = { readonly id: string; readonly lines: readonly InvoiceLine[] };

/** Makes a draft of a credit note over some of a locked invoice; its lines, which count what is on credit notes, are to be saved. */
export async function newCreditNote(
  work: Work,
  invoice: Invoice,
  { wanted, ...head }: { readonly wanted: readonly Credited[]; readonly reason: string; readonly returnNoteId?: string },
): Promise<Made> {
  const inOrder = new Map((invoice.lines ?? []).map((line, index) => [line.id, index]));
  const credited = wanted.toSorted((a, b) => (inOrder.get(a.line.id) ?? 0) - (inOrder.get(b.line.id) ?? 0));
  const amounts = creditOf(invoice, credited);
  const id = uuidV7();
  await work.create('credit_note', id, {
    ...head,
    invoiceId: invoice.id,
    orderId: invoice.orderId ?? null,
    companyId: invoice.companyId ?? null,
    customerId: invoice.customerId,
    currency: invoice.currency ?? null,
    exchangeRate: invoice.exchangeRate ?? '1',
    pricesIncludeTax: invoice.pricesIncludeTax ?? false,
    ...work.takenOver('credit_note', work.carried('invoice', invoice)),
    lines: creditLines(credited, amounts, (line) => work.takenOver('credit_note_line', work.carried('invoice_line', line))),
    vat: amounts.vat,
    netTotal: amounts.netTotal,
    taxTotal: amounts.taxTotal,
    grossTotal: amounts.grossTotal,
    billingAddress: invoice.billingAddress ?? null,
  });
  const quantities = new Map(credited.map(({ line, quantity }) => [line.id, quantity]));
  const lines = (invoice.lines ?? []).map((line) => {
    const quantity = quantities.get(line.id);
    return quantity ? { ...line, creditClaimed: plain(exact(quantity).plus(line.creditClaimed ?? 0)) } : line;
  });
  return { id, lines };
}
