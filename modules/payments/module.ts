import { defineModule, fromTheBeginning } from '#platform/kernel/module.ts';
import { allocate } from './commands/allocate.ts';
import { undo } from './commands/undo.ts';
import { writeOff } from './commands/write-off.ts';
import { paymentAllocated, paymentUnallocated } from './events.ts';
import { deriveBalance } from './hooks/derive-balance.ts';
import { nameCreditNote, nameInvoice } from './reactions/name-item.ts';
import { openCreditNote } from './reactions/open-credit-note.ts';
import { openInvoice } from './reactions/open-invoice.ts';
import { receivablesAgeing } from './reports/receivables-ageing.ts';
import { statementOfAccount } from './reports/statement-of-account.ts';

/** Payments: what is owed and what settles it, never more than is open. */
export const payments = defineModule({
  name: 'payments',
  objects: ['open_item', 'allocation'],
  hooks: [deriveBalance],
  commands: [allocate, writeOff, undo],
  events: [paymentAllocated, paymentUnallocated],
  reactions: [openInvoice, openCreditNote, nameInvoice, nameCreditNote].map(fromTheBeginning),
  reports: [statementOfAccount, receivablesAgeing],
});
