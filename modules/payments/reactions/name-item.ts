import type { OpenItem } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import { on, type Work } from '#platform/kernel/module.ts';

/** The item of an invoice is called by its number, which the invoice draws last of all. */
export const nameInvoice = on('invoices', 'InvoiceUpdated', 'nameInvoice', nameItem);

/** The item of a credit note is called by its number. */
export const nameCreditNote = on('invoices', 'CreditNoteUpdated', 'nameCreditNote', nameItem);

async function nameItem(work: Work, event: PlatformEvent): Promise<void> {
  const { record, changed } = event.data;
  if (!isRecord(record) || !isRecord(changed) || !('number' in changed)) return;
  const [id, reference] = [plainText(record['id']), record['number']];
  if (!(await work.get<OpenItem>('open_item', id)))
    throw new Refusal('still_running', { en: `${id} is no open item yet.`, de: `${id} ist noch kein offener Posten.` });
  await work.save('open_item', { id, reference });
}
