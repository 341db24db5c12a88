import type { CreditNote, Invoice, ReturnNote } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand, type RecordValues, type Work } from '#platform/kernel/module.ts';
import { newCreditNote } from '../documents/new-credit-note.ts';
import { creditsOf, leftToCredit, returnedRows } from '../rules/returned.ts';

const INVOICES_MAX = 200;

/**
 * Credits what came back by a return, as drafts: one for each invoice that is concerned, that of its delivery note first. The invoices are locked
 * in the order of their ids, so that those who ask at once come one after the other; what is credited for the return already is answered again.
 */
export const createForReturn = defineCommand<RecordValues, { returnNote: string; quantities: unknown }>({
  object: 'credit_note',
  name: 'createForReturn',
  run: async (work, _none, { returnNote, quantities }) => {
    const rows = returnedRows(quantities);
    const returned = await knownReturn(work, returnNote);
    const invoices = await lockedInvoices(work, returned);
    const filter = { returnNoteId: returned.id, status: { ne: 'cancelled' } };
    const notes = await work.query<CreditNote>('credit_note', { filter, fields: 'lines', sort: 'id', limit: INVOICES_MAX });
    const made: string[] = [];
    for (const [invoiceId, wanted] of creditsOf(invoices, leftToCredit(rows, notes))) {
      const invoice = invoices.find(({ id }) => id === invoiceId);
      if (!invoice) continue;
      const head = { reason: returned.reason, returnNoteId: returned.id };
      const { id, lines } = await newCreditNote(work, invoice, { wanted, ...head });
      await work.save('invoice', { id: invoiceId, lines });
      made.push(id);
    }
    const ids = [...notes.map(({ id }) => id), ...made];
    if (ids.length === 0)
      throw new Refusal('wrong_state', {
        en: 'Nothing of what came back is on an issued invoice beyond what the customer keeps: there is nothing to credit.',
        de: 'Nichts von dem, was zurückkam, steht über das hinaus auf gestellten Rechnungen, was der Kunde behält: Es gibt nichts gutzuschreiben.',
      });
    return { created: ids.map((id) => ({ object: 'credit_note', id })) };
  },
});

/** The return, once its being received is known here. */
async function knownReturn(work: Work, id: string): Promise<ReturnNote> {
  const returned = await work.get<ReturnNote>('return_note', id);
  if (returned?.status === 'received' || returned?.status === 'closed') return returned;
  throw new Refusal(
    'still_running',
    {
      en: 'This return is not known here as received. If it just was, try again in a moment.',
      de: 'Diese Rückgabe ist hier nicht als angenommen bekannt. Wenn das eben geschah, versuchen Sie es gleich noch einmal.',
    },
    { retryAfterSeconds: 1 },
  );
}

async function lockedInvoices(work: Work, returned: ReturnNote): Promise<readonly Invoice[]> {
  const filter = { orderId: returned.orderId, status: { nin: ['draft', 'cancelled'] } };
  const found = await work.query<Invoice>('invoice', { filter, fields: 'number', sort: 'id', limit: INVOICES_MAX });
  const locked: Invoice[] = [];
  for (const { id } of found) locked.push(await work.lock<Invoice>('invoice', id));
  const isOfNote = (invoice: Invoice): number => (invoice.deliveryNoteId === returned.deliveryNoteId ? 0 : 1);
  return locked.toSorted((a, b) => isOfNote(a) - isOfNote(b) || (a.number ?? '').localeCompare(b.number ?? ''));
}
