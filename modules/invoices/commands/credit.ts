import type { Invoice } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import { creditOf } from '../rules/amounts.ts';
import { creditLines, linesToCredit, type CreditRow } from '../rules/credit.ts';

/** Makes a credit note over all or some of an invoice, as a draft: the invoice counts, under its lock, what is on credit notes. */
export const credit = defineCommand<Invoice, { reason: string; lines?: readonly CreditRow[] }>({
  object: 'invoice',
  name: 'credit',
  run: async (work, invoice, { reason, lines: asked }) => {
    const inOrder = new Map((invoice.lines ?? []).map((line, index) => [line.id, index]));
    const credited = linesToCredit(invoice, asked).toSorted((a, b) => (inOrder.get(a.line.id) ?? 0) - (inOrder.get(b.line.id) ?? 0));
    const amounts = creditOf(invoice, credited);
    const creditNoteId = uuidV7();
    await work.create('credit_note', creditNoteId, {
      invoiceId: invoice.id,
      orderId: invoice.orderId ?? null,
      companyId: invoice.companyId ?? null,
      customerId: invoice.customerId,
      reason,
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
      return quantity
        ? {
            ...line,
            creditClaimed: exact(quantity)
              .plus(line.creditClaimed ?? 0)
              .toFixed(),
          }
        : line;
    });
    return { values: { lines }, created: [{ object: 'credit_note', id: creditNoteId }] };
  },
});
