import type { Invoice } from '#metadata/records.gen.ts';
import { exact, sumOf, type Exact } from '#platform/kernel/decimal.ts';

type Status = NonNullable<Invoice['status']>;

/** Statuses of an invoice that is to be paid and not disputed. */
export const UNPAID: readonly string[] = ['issued', 'partlyPaid', 'overdue'];

/** What decides how an issued invoice stands. */
type Facts = Pick<
  Invoice,
  'status' | 'lines' | 'grossTotal' | 'outstanding' | 'creditedTotal' | 'writtenOffTotal' | 'disputedOn' | 'overdueSince'
>;

/** The status of an issued invoice, one for every combination of facts; drafts and what was discarded keep theirs. */
export function statusOf(invoice: Facts): Status {
  if (invoice.status === 'draft' || invoice.status === 'cancelled') return invoice.status;
  if (isCredited(invoice)) return 'credited';
  if (outstandingOf(invoice).isZero()) return exact(invoice.writtenOffTotal ?? 0).isZero() ? 'paid' : 'writtenOff';
  if (invoice.disputedOn) return 'disputed';
  if (invoice.overdueSince) return 'overdue';
  return paidOf(invoice).isZero() ? 'issued' : 'partlyPaid';
}

/** What is still to be paid; of an invoice whose open item has not answered yet, all of it. */
export function outstandingOf({ outstanding, grossTotal }: Pick<Invoice, 'outstanding' | 'grossTotal'>): Exact {
  return exact(outstanding ?? grossTotal ?? 0);
}

/**
 * The first day on which something is due that is not settled: what was settled counts for the earliest instalments first.
 * Null when nothing is outstanding, and for what is in the customer's favour.
 */
export function nextDueOf(invoice: Pick<Invoice, 'paymentSchedule' | 'dueDate' | 'outstanding' | 'grossTotal'>): string | null {
  const outstanding = outstandingOf(invoice);
  if (outstanding.lte(0)) return null;
  const settled = exact(invoice.grossTotal ?? 0).minus(outstanding);
  const rows = invoice.paymentSchedule ?? [];
  const next = rows.find((_row, index) => sumOf(rows.slice(0, index + 1).map(({ amount }) => amount)).gt(settled));
  return next?.dueDate ?? invoice.dueDate ?? null;
}

/** What of an invoice was due before a day and is not settled. */
export function overdueAmountOf(invoice: Pick<Invoice, 'paymentSchedule' | 'dueDate' | 'outstanding' | 'grossTotal'>, day: string): Exact {
  const outstanding = outstandingOf(invoice);
  const rows = invoice.paymentSchedule ?? [];
  const later = sumOf(rows.filter(({ dueDate }) => dueDate >= day).map(({ amount }) => amount));
  const overdue = rows.length === 0 && (invoice.dueDate ?? day) >= day ? exact(0) : outstanding.minus(later);
  return overdue.lte(0) ? exact(0) : overdue;
}

function isCredited({ lines }: Pick<Invoice, 'lines'>): boolean {
  return (lines ?? []).length > 0 && (lines ?? []).every((line) => exact(line.credited ?? 0).eq(line.quantity));
}

/** What was settled otherwise than by the invoice's own credit notes and by writing off; while these are on their way it counts as nothing. */
function paidOf(invoice: Facts): Exact {
  const settled = exact(invoice.grossTotal ?? 0).minus(outstandingOf(invoice));
  const paid = settled.minus(invoice.creditedTotal ?? 0).minus(invoice.writtenOffTotal ?? 0);
  return paid.isNegative() === settled.isNegative() ? paid : exact(0);
}
