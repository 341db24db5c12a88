import type { Job } from '#platform/kernel/module.ts';
import { retryWaiting } from '../posting/keep.ts';

/** Tries again what waits, for causes that went without anything telling of it. */
export const retryPostings: Job = {
  name: 'retryPostings',
  schedule: '*/5 * * * *',
  run: async (work) => {
    await retryWaiting(work, {});
  },
};
