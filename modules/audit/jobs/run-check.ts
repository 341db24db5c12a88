import type { ComplianceCheck, ComplianceFinding, ComplianceRun } from '#metadata/records.gen.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { LongJob } from '#platform/kernel/long-job.ts';
import type { Work } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import type { Check, Checked, Scope } from '../checks/check.ts';
import { complianceCheck, integrityViolated } from '../events.ts';

/** Of a run so many findings are kept one by one; how many there are is counted. */
const FINDINGS_MOST = 1_000;
const DAY_MS = 86_400_000;

/** The kinds of checks and what carries them out. */
export type Checks = { readonly [kind in ComplianceRun['kind']]: Check };

/** Begins a run of a check; its job works it off. */
export async function beginRun(work: Work, run: Pick<ComplianceRun, 'kind' | 'checkId'>): Promise<ComplianceRun> {
  const made = await work.save<ComplianceRun>('compliance_run', { ...run, state: 'running' });
  const job = await work.startJob('runCheck', { run: made.id });
  return work.save<ComplianceRun>('compliance_run', { id: made.id, job });
}

/** Carries a run of a check out, and keeps what it found. */
export const runCheck = (checks: Checks): LongJob => ({
  name: 'runCheck',
  run: async (job) => {
    const id = isRecord(job.input) ? plainText(job.input['run']) : '';
    const { run, scope } = await job.begin(async (work) => startOf(work, id));
    const check = checks[run.kind];
    if (run.state !== 'running') return null;
    const result = await check(job, scope);
    await job.begin((work) => keep(work, run, result));
    return { run: id, state: stateOf(result), findings: result.findings.length, checked: result.checked };
  },
});

async function startOf(work: Work, id: string): Promise<{ run: ComplianceRun; scope: Scope }> {
  const run = await work.lock<ComplianceRun>('compliance_run', id);
  const check = run.checkId ? await work.get<ComplianceCheck>('compliance_check', run.checkId) : null;
  const days = check?.days ?? null;
  const since = days === null ? null : new Date(Date.parse(run.createdAt) - days * DAY_MS).toISOString();
  return { run, scope: { since, threshold: check?.threshold ?? null } };
}

function stateOf({ findings }: Checked): 'passed' | 'failed' {
  return findings.length === 0 ? 'passed' : 'failed';
}

async function keep(work: Work, { id, kind, checkId }: ComplianceRun, result: Checked): Promise<void> {
  const { findings, checked } = result;
  const state = stateOf(result);
  const kept = findings.slice(0, FINDINGS_MOST).map((finding) => ({ ...finding, id: uuidV7(), runId: id }));
  await work.createMany<ComplianceFinding>('compliance_finding', kept);
  await work.save('compliance_run', {
    id,
    state,
    endedAt: work.now,
    checked: String(checked),
    findings: findings.length,
    ...result.values,
  });
  if (checkId) await work.save('compliance_check', { id: checkId, lastState: state, lastRunAt: work.now, lastFindings: findings.length });
  await work.emit(complianceCheck, `compliance_run/${id}`, {
    runId: id,
    checkId: checkId ?? null,
    kind,
    passed: state === 'passed',
    checked,
    findings: findings.length,
  });
  const [first] = findings;
  if (kind !== 'integrity' || !first) return;
  await work.emit(integrityViolated, `compliance_run/${id}`, { runId: id, what: first.what, position: plainText(first.position) });
}
