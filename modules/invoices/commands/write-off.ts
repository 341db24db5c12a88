import type { Invoice } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { openItemOf } from '../documents/open-item.ts';

/** Gives up what will not be paid: payments counts what is open, so that it is asked, and tells what is outstanding then. */
export const writeOff = defineCommand<Invoice, { reason: string; amount?: string | null }>({
  object: 'invoice',
  name: 'writeOff',
  ask: (owners, invoice, input) => owners.command('open_item', openItemOf(invoice), 'writeOff', input),
});
