import type { ReturnNote } from '#metadata/records.gen.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { percentCredited } from '../rules/returns.ts';

/** How much of a return is credited; one of which everything is, is closed. */
export const deriveCredited = defineHook<ReturnNote, Record<string, never>>({
  object: 'return_note',
  name: 'deriveCredited',
  derive: (draft) => {
    if (draft.status !== 'received' && draft.status !== 'closed') return {};
    const percent = percentCredited(draft.lines ?? []);
    return { percentCredited: percent, ...(exact(percent).gte(100) ? { status: 'closed' as const } : {}) };
  },
});
