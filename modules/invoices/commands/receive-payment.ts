import type { Invoice } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { openItemOf } from '../documents/open-item.ts';

type Input = { amount?: string | null; date?: string | null; method?: string | null; reference?: string | null };

/** Money for the invoice has come in: payments records it and settles the invoice by it, and tells what is outstanding then. */
export const receivePayment = defineCommand<Invoice, Input>({
  object: 'invoice',
  name: 'receivePayment',
  ask: (owners, invoice, input) => owners.command('open_item', openItemOf(invoice), 'receivePayment', input),
});
