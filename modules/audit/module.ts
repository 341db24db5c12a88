import { defineModule, fromTheBeginning, type Module } from '#platform/kernel/module.ts';
import { checkIntegrity } from './checks/integrity.ts';
import { runNow } from './commands/run-now.ts';
import { verify } from './commands/verify.ts';
import * as events from './events.ts';
import { anchorHead } from './jobs/anchor-head.ts';
import { prepareMonths } from './jobs/prepare-months.ts';
import { runCheck } from './jobs/run-check.ts';
import { forget } from './reactions/forget.ts';
import { storeEvents } from './reactions/store-events.ts';

/** Audit: what has happened in all services, kept so that nobody can change it unseen, and what in it is not as it should be. `sealingKey` stands in no database. */
export function auditWith({ sealingKey }: { readonly sealingKey: Uint8Array<ArrayBuffer> }): Module {
  return defineModule({
    name: 'audit',
    storesEvents: true,
    objects: ['event', 'compliance_check', 'compliance_run', 'compliance_finding'],
    commands: [verify, runNow],
    events: Object.values(events),
    reactions: [fromTheBeginning(storeEvents), forget],
    jobs: [prepareMonths, anchorHead(sealingKey)],
    longJobs: [runCheck({ integrity: checkIntegrity(sealingKey) })],
  });
}
