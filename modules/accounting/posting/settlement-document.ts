import type { Allocated } from '#modules/payments/events.ts';
import type { PostingDocument, PostingEvent } from './document.ts';
import { figure } from '../rules/facts.ts';

/** A settlement as it is posted; null where it posts nothing: one item settles another at the same rate. */
export function settlementDocument(
  allocated: Allocated,
  drawn: { readonly id: string; readonly sourceEvent: string },
): PostingDocument | null {
  const event = eventOf(allocated.creditKind);
  if (!event) return null;
  const { amount, currency } = allocated;
  return {
    id: drawn.id,
    event,
    documentType: 'settlement',
    documentKind: allocated.creditKind,
    reference: null,
    date: allocated.date,
    companyId: allocated.companyId,
    customerId: allocated.customerId,
    customerName: null,
    invoiceId: allocated.invoiceId,
    currency,
    exchangeRate: allocated.exchangeRate,
    gross: amount,
    sourceObject: 'allocation',
    source: allocated.allocationId,
    sourceEvent: drawn.sourceEvent,
    facts: { figures: { gross: figure(amount, allocated.companyAmount) }, vat: [], openItem: allocated.debitId },
  };
}

function eventOf(creditKind: string): PostingEvent | null {
  if (creditKind === 'writeOff') return 'itemWrittenOff';
  return creditKind === 'discount' ? 'discountAllowed' : null;
}
