import type { ApprovalRequest, Offer } from '#metadata/records.gen.ts';
import { decide as decideOn } from '#platform/kernel/approvals/decide.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { decided, OFFER_APPROVALS } from '../documents/approvals.ts';

type Input = { request: string; decision: 'approve' | 'reject'; comment?: string | null };

/**
 * Decides about a document from the inbox: whoever the policy asks may, whatever they may do with offers otherwise. What was asked about a document
 * as it is no longer is not decided. The document is locked first, as where it is decided on its own page.
 */
export const decide = defineCommand<Record<string, never>, Input>({
  object: 'approval_request',
  name: 'decide',
  run: async (work, _none, { request: id, decision, comment = null }) => {
    const found = await work.get<ApprovalRequest>('approval_request', id);
    if (!found) throw new Refusal('not_found', { en: 'There is no such request.', de: 'Diese Anfrage gibt es nicht.' });
    const offer = await work.lock<Offer>('offer', found.offerId);
    const request = await work.lock<ApprovalRequest>('approval_request', id);
    const isRepeated = (request.decisions ?? []).some((row) => row.byId === work.caller.userId && row.decision === decision);
    if (request.status !== 'open' && isRepeated) return undefined;
    if (request.status !== 'open' || request.round !== offer.approvalRound || offer.status !== 'submitted') throw over(request);
    const outcome = await decideOn(work, OFFER_APPROVALS, offer, { decision, comment });
    if (outcome !== 'same') await work.save('offer', { id: offer.id, ...(await decided(work, offer, { outcome, comment })) });
    return undefined;
  },
});

function over({ status }: ApprovalRequest): Refusal {
  if (status === 'approved' || status === 'rejected')
    return new Refusal('wrong_state', { en: 'This step has been decided already.', de: 'Dieser Schritt ist schon entschieden.' });
  return new Refusal('wrong_state', {
    en: 'This has been changed or taken back since you were asked. What is still to be decided stands in the inbox.',
    de: 'Dies wurde geändert oder zurückgeholt, seit Sie gefragt wurden. Was noch zu entscheiden ist, steht im Eingang.',
  });
}
