import type { Offer } from '#metadata/records.gen.ts';
import { askForApproval } from '#platform/kernel/approvals/ask.ts';
import type { Work } from '#platform/kernel/module.ts';
import { offerApproved } from '../events.ts';
import { OFFER_APPROVALS } from './approvals.ts';

/** Asks for approval of an offer in its round; where no policy asks for any, it is approved at once, and says so. */
export async function askApproval(work: Work, offer: Offer, by: string | null): Promise<Partial<Offer>> {
  if (await askForApproval(work, OFFER_APPROVALS, offer, by)) return { status: 'submitted', approval: 'asked' };
  await work.emit(offerApproved, `offer/${offer.id}`, { offerId: offer.id });
  return { status: 'approved', approval: 'notNeeded' };
}
