import type { CreditNote, Invoice } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { defineCommand } from '#platform/kernel/module.ts';

/** Throws a draft credit note away; what is on it may be credited again. */
export const cancelDraftCreditNote = defineCommand<CreditNote, Record<string, never>>({
  object: 'credit_note',
  name: 'cancelDraft',
  run: async (work, note) => {
    const invoice = await work.lock<Invoice>('invoice', note.invoiceId);
    const credited = new Map((note.lines ?? []).map((line) => [line.invoiceLine, line.quantity]));
    const lines = (invoice.lines ?? []).map((line) => {
      const quantity = credited.get(line.id ?? '');
      return quantity
        ? {
            ...line,
            creditClaimed: exact(line.creditClaimed ?? 0)
              .minus(quantity)
              .toFixed(),
          }
        : line;
    });
    await work.save('invoice', { id: invoice.id, lines });
    return undefined;
  },
});
