import type { Invoice } from '#metadata/records.gen.ts';
import { daysBetween } from '#platform/kernel/dates.ts';
import type { Job, Work } from '#platform/kernel/module.ts';
import { currencyOf, toCurrency } from '#platform/kernel/money/currency.ts';
import { invoiceOverdue } from '../events.ts';
import { outstandingOf, UNPAID } from '../rules/collection.ts';
import { ofInvoice } from '../rules/sums.ts';

/** So many at a time; what is left over waits for the next time. */
const INVOICES_MAX = 500;

/** Invoices of which something was due before today, in the zone of their company, are overdue, and that is told once; paid and disputed ones are not. */
export const markOverdue: Job = {
  name: 'markOverdue',
  schedule: '10 * * * *',
  run: async (work) => {
    const filter = { status: { in: UNPAID.filter((status) => status !== 'overdue') }, nextDueDate: { lte: work.now.slice(0, 10) } };
    const due = await work.query<Invoice>('invoice', { filter, fields: 'id', sort: 'nextDueDate', limit: INVOICES_MAX });
    for (const { id } of due) await mark(work, await work.lock<Invoice>('invoice', id));
  },
};

async function mark(work: Work, invoice: Invoice): Promise<void> {
  const today = work.today(invoice.companyId ?? undefined);
  const overdueSince = invoice.nextDueDate ?? null;
  const isOverdue = UNPAID.includes(invoice.status ?? '') && overdueSince !== null && overdueSince < today;
  if (!isOverdue || invoice.overdueSince) return;
  const currency = currencyOf(invoice);
  await work.save('invoice', { id: invoice.id, overdueSince });
  await work.emit(invoiceOverdue, `invoice/${invoice.id}`, {
    ...ofInvoice(invoice),
    customerId: invoice.customerId,
    companyId: invoice.companyId ?? null,
    overdueSince,
    daysOverdue: daysBetween(overdueSince, today),
    outstanding: toCurrency(outstandingOf(invoice), currency),
    currency,
  });
}
