import type { ApprovalPolicy, Offer } from '#metadata/records.gen.ts';
import { isWatchedChange } from '#platform/kernel/approvals/watch.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { OFFER_APPROVALS } from '../documents/approvals.ts';
import { isUnderApproval } from '../rules/open.ts';

/** A change of what approval stands on asks again: what was said about the offer before holds no more, and it is not sent until it is said anew. */
export const askAgain = defineHook<Offer, { policies: readonly Pick<ApprovalPolicy, 'condition'>[] }>({
  object: 'offer',
  name: 'askAgain',
  needs: (_draft, before) =>
    isUnderApproval(before) ? { policies: { object: 'approval_policy', filter: { active: true, document: 'offer' }, limit: 100 } } : {},
  derive: (draft, facts, before) => {
    if (!before || !isUnderApproval(before) || draft.status !== before.status) return {};
    const policies = facts.policies ?? [];
    if (policies.length === 0 && before.approval === 'notNeeded') return {};
    if (!isWatchedChange(OFFER_APPROVALS, policies, { before, after: draft })) return {};
    return { status: 'submitted', approval: 'asked', approvalRound: (before.approvalRound ?? 0) + 1 };
  },
});
