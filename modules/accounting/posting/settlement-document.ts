import type { Allocated } from '#modules/payments/events.ts';
import { exact, plain } from '#platform/kernel/decimal.ts';
import type { PostingDocument, PostingEvent } from './document.ts';
import { figure, type Facts } from '../rules/facts.ts';

/** A settlement as it is posted; null where it posts nothing: one item settles another at the same rate. */
export function settlementDocument(
  allocated: Allocated,
  drawn: { readonly id: string; readonly sourceEvent: string },
): PostingDocument | null {
  const posted = postedOf(allocated);
  if (!posted) return null;
  const { amount, currency } = allocated;
  return {
    id: drawn.id,
    event: posted.event,
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
    facts: { figures: posted.figures, vat: [], openItem: allocated.debitId },
  };
}

type Posted = { readonly event: PostingEvent; readonly figures: Facts['figures'] };

/** What is given up, taken off for early payment, or gained or lost by another exchange rate; null where that is nothing. */
function postedOf({ creditKind, amount, companyAmount, exchangeGain }: Allocated): Posted | null {
  const gross = figure(amount, companyAmount);
  if (creditKind === 'writeOff') return { event: 'itemWrittenOff', figures: { gross } };
  if (creditKind === 'discount') return { event: 'discountAllowed', figures: { gross } };
  const gain = exact(exchangeGain);
  if (gain.isZero()) return null;
  const name = gain.gt(0) ? 'exchangeGain' : 'exchangeLoss';
  return { event: 'itemSettled', figures: { [name]: figure('0', plain(gain.abs())) } };
}
