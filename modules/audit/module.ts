import { defineModule, fromTheBeginning, type Module } from '#platform/kernel/module.ts';
import { checkBackDated } from './checks/back-dated.ts';
import { checkExports, checkFailedLogins, checkFourEyes, checkPermissionChanges } from './checks/from-events.ts';
import { checkNumberGaps } from './checks/number-gaps.ts';
import { checkUnbalancedEntries } from './checks/unbalanced-entries.ts';
import { checkIntegrity } from './checks/integrity.ts';
import { compareRecords, deliverAgain } from './commands/replay.ts';
import { generateReport } from './commands/generate-report.ts';
import { runNow } from './commands/run-now.ts';
import { verify } from './commands/verify.ts';
import * as events from './events.ts';
import { anchorHead } from './jobs/anchor-head.ts';
import { prepareMonths } from './jobs/prepare-months.ts';
import { runDueChecks } from './jobs/run-due-checks.ts';
import { runCheck, type Checks } from './jobs/run-check.ts';
import { settleReplays } from './jobs/settle-replays.ts';
import { runReplay } from './replays/run-replay.ts';
import { auditReport } from './reports/audit-report.ts';
import { forget } from './reactions/forget.ts';
import { storeEvents } from './reactions/store-events.ts';

const CHECKS: Omit<Checks, 'integrity'> = {
  numberGaps: checkNumberGaps,
  unbalancedEntries: checkUnbalancedEntries,
  fourEyes: checkFourEyes,
  backDated: checkBackDated,
  permissionChanges: checkPermissionChanges,
  failedLogins: checkFailedLogins,
  exports: checkExports,
};

/** Audit: what has happened in all services, kept so that nobody can change it unseen, and what in it is not as it should be. `sealingKey` stands in no database. */
export function auditWith({ sealingKey }: { readonly sealingKey: Uint8Array<ArrayBuffer> }): Module {
  return defineModule({
    name: 'audit',
    storesEvents: true,
    objects: ['event', 'event_of_record', 'compliance_check', 'compliance_run', 'compliance_finding', 'audit_report', 'replay'],
    commands: [verify, runNow, generateReport, deliverAgain, compareRecords],
    events: Object.values(events),
    reactions: [fromTheBeginning(storeEvents), forget],
    jobs: [prepareMonths, anchorHead(sealingKey), runDueChecks, settleReplays],
    longJobs: [runReplay, runCheck({ ...CHECKS, integrity: checkIntegrity(sealingKey) })],
    reports: [auditReport],
  });
}
