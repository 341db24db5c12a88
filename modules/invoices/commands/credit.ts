import type { Invoice } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { newCreditNote } from '../documents/new-credit-note.ts';
import { linesToCredit, type CreditRow } from '../rules/credit.ts';

/** Makes a credit note over all or some of an invoice, as a draft: the invoice counts, under its lock, what is on credit notes. */
export const credit = defineCommand<Invoice, { reason: string; lines?: readonly CreditRow[] }>({
  object: 'invoice',
  name: 'credit',
  run: async (work, invoice, { reason, lines: asked }) => {
    const { id, lines } = await newCreditNote(work, invoice, { wanted: linesToCredit(invoice, asked), reason });
    return { values: { lines }, created: [{ object: 'credit_note', id }] };
  },
});
