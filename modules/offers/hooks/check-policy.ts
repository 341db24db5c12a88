import type { ApprovalPolicy } from '#metadata/records.gen.ts';
import { policyFaults } from '#platform/kernel/approvals/policy-faults.ts';
import { invalidValues } from '#platform/kernel/errors.ts';
import { defineHook } from '#platform/kernel/module.ts';

/** A policy asks somebody in every step. */
export const checkPolicy = defineHook<ApprovalPolicy, Record<string, never>>({
  object: 'approval_policy',
  name: 'checkPolicy',
  derive: (draft) => {
    const faults = policyFaults(draft);
    if (faults.length > 0) throw invalidValues(faults);
    return {};
  },
});
