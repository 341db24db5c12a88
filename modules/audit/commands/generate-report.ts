import type { AuditReport, ComplianceRun } from '#metadata/records.gen.ts';
import { invalidValues } from '#platform/kernel/errors.ts';
import { defineCommand } from '#platform/kernel/module.ts';
import { auditReportGenerated } from '../events.ts';

const RUNS_MAX = 1_000;

/** Makes the report of a period: what the checks have found in it, and where the chain was when it was made. */
export const generateReport = defineCommand<Record<string, never>, { from: string; until: string }>({
  object: 'audit_report',
  name: 'generate',
  run: async (work, _record, { from, until }) => {
    if (until < from) {
      const message = { en: 'The period ends before it begins.', de: 'Der Zeitraum endet vor seinem Beginn.' };
      throw invalidValues([{ pointer: '/until', field: 'until', rule: 'order', message: message.en, sentence: message }]);
    }
    const inPeriod = { createdAt: { gte: `${from}T00:00:00Z`, lte: `${until}T23:59:59.999Z` } };
    const runs = await work.query<ComplianceRun>('compliance_run', { filter: inPeriod, limit: RUNS_MAX });
    const { position, hash } = await work.eventStore.end();
    const failed = runs.filter(({ state }) => state === 'failed').length;
    const findings = runs.reduce((sum, run) => sum + (run.findings ?? 0), 0);
    const values = { from, until, position, hash, runs: runs.length, failed, findings };
    const report = await work.save<AuditReport>('audit_report', values);
    await work.emit(auditReportGenerated, `audit_report/${report.id}`, {
      reportId: report.id,
      from,
      until,
      position,
      hash,
      runs: runs.length,
      findings,
    });
    return { created: [{ object: 'audit_report', id: report.id }] };
  },
});
