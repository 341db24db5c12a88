import { defineCommand } from '#platform/kernel/module.ts';
import { beginRun } from '../jobs/run-check.ts';

/** Has the whole chain verified. */
export const verify = defineCommand<Record<string, never>, Record<string, never>>({
  object: 'event',
  name: 'verify',
  run: async (work) => {
    const run = await beginRun(work, { kind: 'integrity', checkId: null });
    return { created: [{ object: 'compliance_run', id: run.id }] };
  },
});
