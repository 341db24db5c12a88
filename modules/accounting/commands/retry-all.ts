import { defineCommand } from '#platform/kernel/module.ts';
import { retryWaiting } from '../posting/keep.ts';

/** Tries everything again that waits, the oldest first. */
export const retryAll = defineCommand<Record<string, never>, Record<string, never>>({
  object: 'posting',
  name: 'retryAll',
  run: async (work) => {
    await retryWaiting(work, {});
    return {};
  },
});
