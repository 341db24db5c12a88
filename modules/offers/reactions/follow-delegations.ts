import { followApprovals } from '#platform/kernel/approvals/follow.ts';
import { on } from '#platform/kernel/module.ts';
import { OFFER_APPROVALS } from '../documents/approvals.ts';

/** Who stands in for somebody from now on finds what waits for them at once. */
export const followDelegations = on('offers', 'ApprovalDelegationCreated', 'followDelegations', (work) =>
  followApprovals(work, OFFER_APPROVALS),
);
