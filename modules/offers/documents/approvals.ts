import type { Customer, Offer } from '#metadata/records.gen.ts';
import type { Outcome } from '#platform/kernel/approvals/decide.ts';
import { defineApprovals } from '#platform/kernel/approvals/words.ts';
import type { Work } from '#platform/kernel/module.ts';
import { approvalEscalated, approvalRequested, offerApproved, offerRejected } from '../events.ts';

/** How offers are approved: what approvers see, and which changes ask again. */
export const OFFER_APPROVALS = defineApprovals<Offer>({
  document: 'offer',
  policy: 'approval_policy',
  request: 'approval_request',
  delegation: 'approval_delegation',
  key: 'offerId',
  watched: ['customerId', 'currency', 'netTotal', 'grossTotal'],
  watchedOfLines: ['productId', 'description', 'quantity', 'unitPrice', 'discountPercent'],
  figures: ['netTotal', 'grossTotal', 'discountPercent', 'highestDiscountPercent', 'marginPercent'],
  titleOf: async (work, offer) => {
    const customer = await work.get<Customer>('customer', offer.customerId);
    return [offer.number, customer?.name, offer.subject].filter(Boolean).join(' · ') || 'Offer';
  },
  asked: approvalRequested,
  escalated: approvalEscalated,
});

/** What an offer becomes by what was decided about it; tells the others. */
export async function decided(
  work: Work,
  offer: Offer,
  said: { readonly outcome: Outcome; readonly comment: string | null },
): Promise<Partial<Offer>> {
  if (said.outcome === 'approved') {
    await work.emit(offerApproved, `offer/${offer.id}`, { offerId: offer.id });
    return { status: 'approved', approval: 'given' };
  }
  if (said.outcome === 'rejected') {
    const reason = said.comment ?? '';
    await work.emit(offerRejected, `offer/${offer.id}`, { offerId: offer.id, reason });
    return { status: 'draft', approval: 'refused', rejectedReason: reason };
  }
  return { status: offer.status ?? 'submitted' };
}
