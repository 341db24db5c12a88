import type { Posting } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { documentOf } from '../posting/keep.ts';
import { takeAll } from '../posting/take.ts';

/** Tries to post what waits; what still cannot be posted waits on, with the reason that there is now. */
export const retry = defineCommand<Posting, Record<string, never>>({
  object: 'posting',
  name: 'retry',
  run: async (work, posting) => {
    const [outcome] = await takeAll(work, [documentOf(posting)]);
    return { values: { ...outcome }, created: outcome?.entryId ? [{ object: 'journal_entry', id: outcome.entryId }] : [] };
  },
});
