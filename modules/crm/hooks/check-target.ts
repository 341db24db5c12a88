import type { SalesTarget } from '#metadata/records.gen.ts';
import { faultAt, invalidValues } from '#platform/kernel/errors.ts';
import { defineHook } from '#platform/kernel/module.ts';

type Facts = { person?: readonly { readonly name?: string | null }[]; territory?: readonly { readonly name?: string | null }[] };

/** A target ends on or after the day on which it begins, and is called by whom and when it is for. */
export const checkTarget = defineHook<SalesTarget, Facts>({
  object: 'sales_target',
  name: 'checkTarget',
  needs: ({ personId, territoryId }) => ({
    ...(personId ? { person: { object: 'user', filter: { id: personId }, limit: 1 } } : {}),
    ...(territoryId ? { territory: { object: 'territory', filter: { id: territoryId }, limit: 1 } } : {}),
  }),
  derive: ({ startsOn, endsOn }, { person = [], territory = [] }) => {
    if (endsOn < startsOn) {
      const at = { pointer: '/endsOn', field: 'endsOn', rule: 'order' };
      throw invalidValues([
        faultAt(at, {
          en: `The target would end before it begins, on ${startsOn}.`,
          de: `Das Ziel würde vor seinem Beginn am ${startsOn} enden.`,
        }),
      ]);
    }
    const whose = [person[0]?.name, territory[0]?.name].filter(Boolean).join(', ');
    return { name: [whose, `${startsOn} – ${endsOn}`].filter(Boolean).join(' · ') };
  },
});
