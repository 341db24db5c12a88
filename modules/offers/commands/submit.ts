import type { Offer } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { askApproval } from '../documents/ask-approval.ts';
import { offerSubmitted } from '../events.ts';
import { refuseIncomplete } from '../rules/completeness.ts';

/** Asks for approval, as far as a policy wants it; refused while the offer has no lines. */
export const submit = defineCommand<Offer, Record<string, never>>({
  object: 'offer',
  name: 'submit',
  run: async (work, offer) => {
    refuseIncomplete(offer);
    const by = work.caller.userId ?? null;
    const approvalRound = (offer.approvalRound ?? 0) + 1;
    await work.emit(offerSubmitted, `offer/${offer.id}`, { offerId: offer.id });
    const asked = await askApproval(work, { ...offer, approvalRound }, by);
    return { values: { ...asked, approvalRound, submittedById: by, rejectedReason: null } };
  },
});
