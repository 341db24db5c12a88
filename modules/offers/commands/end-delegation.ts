import type { ApprovalDelegation } from '#metadata/records.gen.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';

/** Ends a substitution before its last day. Everybody ends their own; administrators any. */
export const endDelegation = defineCommand<ApprovalDelegation, Record<string, never>>({
  object: 'approval_delegation',
  name: 'end',
  run: async (work, delegation) => {
    if (delegation.userId !== work.caller.userId && !work.caller.permissions.administrator)
      throw new Refusal('not_allowed', {
        en: 'Only whom it stands in for ends a substitution.',
        de: 'Eine Vertretung beendet nur, wer vertreten wird.',
      });
    return delegation.endedAt ? undefined : { values: { endedAt: work.now } };
  },
});
