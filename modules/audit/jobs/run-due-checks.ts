import type { ComplianceCheck } from '#metadata/records.gen.ts';
import type { Job } from '#platform/kernel/module.ts';
import { beginRun } from './run-check.ts';

const SUNDAY = 0;
const CHECKS_MAX = 200;

/** Every night the checks are carried out that are due then. */
export const runDueChecks: Job = {
  name: 'runDueChecks',
  schedule: '15 1 * * *',
  run: async (work) => {
    const isSunday = new Date(work.now).getUTCDay() === SUNDAY;
    const due = { schedule: { in: isSunday ? ['daily', 'weekly'] : ['daily'] } };
    for (const { id, kind } of await work.query<ComplianceCheck>('compliance_check', { filter: due, limit: CHECKS_MAX }))
      await beginRun(work, { kind, checkId: id });
  },
};
