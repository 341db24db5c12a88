import type { OpenItem } from '#metadata/records.gen.ts';
import { invoiceCredited } from '#modules/invoices/events.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { onEvent } from '#platform/kernel/module.ts';
import { settle } from '../items/settle.ts';
import { amountToSettle, paired } from '../rules/allocation.ts';
import { openOf, sized } from '../rules/open-amount.ts';

/**
 * An issued credit note is an open item in the customer's favour, with the note's id, and settles its invoice as far as that is open; the rest
 * stays in their favour. It waits for the invoice: refused with `still_running`, and the event comes again.
 */
export const openCreditNote = onEvent(invoiceCredited, 'openCreditNote', async (work, note, { time }) => {
  if (!(await work.get<OpenItem>('open_item', note.invoiceId)))
    throw new Refusal('still_running', {
      en: `The invoice ${note.invoiceId} is no open item yet.`,
      de: `Die Rechnung ${note.invoiceId} ist noch kein offener Posten.`,
    });
  // Credit notes of before there were payments did not tell their day.
  const date = note.date ?? time.slice(0, 10);
  const { id } = await work.create<OpenItem>('open_item', note.creditNoteId, {
    ...sized('creditNote', note.grossTotal),
    creditNoteId: note.creditNoteId,
    invoiceId: note.invoiceId,
    customerId: note.customerId,
    companyId: note.companyId ?? null,
    date,
    currency: note.currency,
    exchangeRate: note.exchangeRate,
  });
  const own = await work.lock<OpenItem>('open_item', id);
  const invoice = await work.lock<OpenItem>('open_item', note.invoiceId);
  if (openOf(own).isZero() || openOf(invoice).isZero()) return;
  const pair = paired(own, invoice);
  await settle(work, pair, { amount: amountToSettle([own, invoice], null), date });
});
