import type { ComplianceCheck } from '#metadata/records.gen.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { beginRun } from '../jobs/run-check.ts';

/** Runs a check now. */
export const runNow = defineCommand<ComplianceCheck, Record<string, never>>({
  object: 'compliance_check',
  name: 'run',
  run: async (work, { id, kind }) => {
    const run = await beginRun(work, { kind, checkId: id });
    return { created: [{ object: 'compliance_run', id: run.id }] };
  },
});
