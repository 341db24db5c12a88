import type { Posting } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';

/** Gives up what waits: somebody has entered it by hand, or says why it is not posted. */
export const dismiss = defineCommand<Posting, { reason: string }>({
  object: 'posting',
  name: 'dismiss',
  run: (_work, _posting, { reason }) => Promise.resolve({ values: { dismissReason: reason } }),
});
