import { followApprovals as follow } from '#platform/kernel/approvals/follow.ts';
import type { Job } from '#platform/kernel/module.ts';
import { OFFER_APPROVALS } from '../documents/approvals.ts';

/** Deadlines that are over are escalated, and requests follow who comes, goes and stands in. */
export const followApprovals: Job = {
  name: 'followApprovals',
  schedule: '*/5 * * * *',
  run: (work) => follow(work, OFFER_APPROVALS),
};
