import type { Invoice } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';

/** The customer says that they need not pay: nobody reminds them until that is resolved. */
export const dispute = defineCommand<Invoice, { reason: string }>({
  object: 'invoice',
  name: 'dispute',
  run: (work, invoice, { reason }) =>
    Promise.resolve({ values: { disputedOn: work.today(invoice.companyId ?? undefined), disputeReason: reason } }),
});
