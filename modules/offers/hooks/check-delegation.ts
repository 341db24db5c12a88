import type { ApprovalDelegation } from '#metadata/records.gen.ts';
import { faultAt, invalidValues } from '#platform/kernel/errors.ts';
import { defineHook } from '#platform/kernel/module.ts';

/** Somebody else stands in, until a day that is not before the first. */
export const checkDelegation = defineHook<ApprovalDelegation, Record<string, never>>({
  object: 'approval_delegation',
  name: 'checkDelegation',
  derive: ({ userId, substituteId, from, until }) => {
    const at = (field: string, rule: string) => ({ pointer: `/${field}`, field, rule });
    if (userId === substituteId)
      throw invalidValues([
        faultAt(at('substituteId', 'self'), {
          en: 'Choose somebody else to stand in for you.',
          de: 'Wählen Sie jemand anderen als Vertretung.',
        }),
      ]);
    if (until < from)
      throw invalidValues([
        faultAt(at('until', 'order'), { en: `It would end before it begins, ${from}.`, de: `Sie endete, bevor sie beginnt, ${from}.` }),
      ]);
    return {};
  },
});
