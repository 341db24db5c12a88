import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { beginAs } from '#platform/data/commands/module-job.ts';
import { openEvents } from '#tests/support/event-store.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const CHECKS = '/api/audit/compliance-checks';
const WRITTEN = 'created_at, created_by, updated_at, updated_by';
const BY = `now(), 'user:nobody', now(), 'user:nobody'`;

const skip = skipReason(testDatabaseUrl());
let installation: Installation;
let store: Awaited<ReturnType<typeof openEvents>>;
before(async () => {
  if (skip) return;
  installation = await startInstallation();
  store = await openEvents(installation);
  await eventually('the checks that come with the product', async () => (await installation.admin.get(CHECKS)).body.items.length === 8);
});
after(async () => {
  await store?.close();
  await installation?.stop();
});

/** Runs the check of a kind, and answers what it found. */
const found = async (kind: string): Promise<readonly { what: string; detail: string; actor: string | null; object: string | null }[]> => {
  const [check] = (await installation.admin.get(`${CHECKS}?filter[kind]=${kind}`)).body.items;
  const asked = await installation.admin.post(`${CHECKS}/${check.id}/actions/run`, {});
  assert.equal(asked.status, 200, JSON.stringify(asked.body));
  const [{ id }] = asked.body.created;
  const run = await eventually('the run', async () => {
    const { body } = await installation.admin.get(`/api/audit/compliance-runs/${id}`);
    return body.state !== 'running' && body;
  });
  const { items } = (await installation.admin.get(`/api/audit/compliance-findings?filter[runId]=${id}`)).body;
  assert.equal(run.findings, items.length);
  assert.equal((await installation.admin.get(`${CHECKS}/${check.id}`)).body.lastState, items.length === 0 ? 'passed' : 'failed');
  return items;
};
const changedBySql = async (service: string, statement: string): Promise<void> => {
  const client = await store.connected(service);
  try {
    await client.query(`set session_replication_role = replica; ${statement}`);
  } finally {
    await client.end();
  }
};
const stored = (type: string) =>
  eventually(type, async () => (await store.rows(`select 1 from event_store.event where type = $1`, [type])).length > 0);

describe('Compliance checks', { skip }, () => {
  test('find nothing in an installation in which nothing is wrong, and say so', async () => {
    for (const kind of ['integrity', 'numberGaps', 'unbalancedEntries', 'fourEyes', 'backDated', 'failedLogins', 'exports'])
      assert.deepEqual(await found(kind), [], kind);
    const told = await store.rows(`select data from platform.outbox where type = 'ComplianceCheck'`);
    assert.equal(told.length, 7);
    assert.ok(told.every(({ data }) => data.passed === true && data.findings === 0));
  });

  test('find a number that is missing', async () => {
    for (const number of ['IN-2026-00001', 'IN-2026-00002', 'IN-2026-00005'])
      await changedBySql(
        'invoices',
        `insert into records.invoice (id, version, ${WRITTEN}, number) values (gen_random_uuid(), 1, ${BY}, '${number}')`,
      );
    assert.deepEqual(
      (await found('numberGaps')).map(({ what, detail, object }) => [what, detail, object]),
      [['numberGap', 'IN-2026-00003 – IN-2026-00004', 'invoice']],
    );
  });

  test('find an entry that does not balance, and one that was posted long after its date', async () => {
    const id = randomUUID();
    await changedBySql(
      'accounting',
      `insert into records.journal_entry (id, version, ${WRITTEN}, number, status, date, posted_at, posted_by)
         values ('${id}', 1, ${BY}, 'JE-2026-000001', 'posted', current_date - 40, now(), 'user:nobody');
       insert into records.journal_line (id, parent_id, position, debit) values (gen_random_uuid(), '${id}', 0, 12.5)`,
    );
    const [unbalanced] = await found('unbalancedEntries');
    assert.deepEqual([unbalanced?.what, unbalanced?.detail, unbalanced?.actor], ['unbalanced', 'JE-2026-000001: 12.5', 'user:nobody']);
    const [late] = await found('backDated');
    assert.match(late?.detail ?? '', /^JE-2026-000001, .*: \+(40|41)$/);
  });

  test('find an approval by who had asked for it', async () => {
    const user = randomUUID();
    const event = {
      specversion: '1.0',
      id: randomUUID(),
      source: '/offers',
      type: 'OfferUpdated',
      subject: `offer/${randomUUID()}`,
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      data: { command: 'approve', record: { number: 'OF-2026-00009', submittedById: user }, changed: {} },
      actor: `user:${user}`,
      correlationid: 'test',
      objectversion: 2,
      metadataversion: 1,
    } as const;
    await beginAs(store.auditStore())(({ eventStore }) => eventStore.append([event]));
    const [own] = await found('fourEyes');
    assert.deepEqual([own?.what, own?.detail, own?.actor], ['sameEyes', 'OF-2026-00009', `user:${user}`]);
  });

  test('tell of failed sign-ins, exports and changes of permissions', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1)
      await fetch(`${installation.url}/api/platform/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'eve@example.com', password: 'guess' }),
      });
    await installation.admin.get('/api/customers/customers/export?format=json');
    await installation.admin.post('/api/platform/roles', { name: 'intern', label: 'Intern' });
    await stored('RoleCreated');
    await stored('RecordsExported');
    await eventually(
      'all of them',
      async () => (await store.rows(`select 1 from event_store.event where type = 'LoginFailed'`)).length === 5,
    );
    assert.match((await found('failedLogins'))[0]?.detail ?? '', /^eve@example\.com, .*: 5 ×$/);
    assert.match((await found('exports'))[0]?.detail ?? '', /^customer, json: 1 ×$/);
    assert.ok((await found('permissionChanges')).some(({ detail }) => detail === 'RoleCreated: intern'));
  });
});

describe('Compliance checks, as long as nobody looks,', { skip }, () => {
  test('are carried out every night', async () => {
    const runs = async () => (await installation.admin.get('/api/audit/compliance-runs?limit=100')).body.items;
    const earlier = (await runs()).length;
    await runScheduled(installation, 'audit', 'runDueChecks');
    const due = (await runs()).length - earlier;
    assert.ok(due >= 5, String(due));
    await eventually('all runs', async () => (await runs()).every(({ state }: { state: string }) => state !== 'running'));
  });

  test('are reported on: on the screen, as CSV and as PDF, and that a report was made is told', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const asked = await installation.admin.post('/api/audit/audit-reports/actions/generate', { from: today, until: today });
    assert.equal(asked.status, 200, JSON.stringify(asked.body));
    const { body: report } = await installation.admin.get(`/api/audit/audit-reports/${asked.body.created[0].id}`);
    assert.ok(report.runs >= 12 && report.failed >= 6 && report.findings >= 6, JSON.stringify(report));
    const [told] = await store.rows(`select data from platform.outbox where type = 'AuditReportGenerated'`);
    assert.deepEqual([told.data.reportId, told.data.findings], [report.id, report.findings]);
    const wrong = await installation.admin.post('/api/audit/audit-reports/actions/generate', { from: today, until: '2020-01-01' });
    assert.deepEqual([wrong.status, wrong.body.errors[0].field], [422, 'until']);
    const path = `/api/audit/reports/audit-report?from=${today}&until=${today}`;
    const { rows } = (await installation.admin.get(path)).body;
    assert.ok(rows.some(({ detail }: { detail: string }) => detail === 'IN-2026-00003 – IN-2026-00004'));
    const csv = await installation.admin.get(`${path}&format=csv&language=de`);
    assert.match(String(csv.body), /Eine Nummer fehlt/);
    const pdf = await fetch(`${installation.url}${path}&format=pdf`, { headers: { authorization: `Bearer ${installation.admin.token}` } });
    assert.equal(Buffer.from(await pdf.arrayBuffer()).toString('latin1', 0, 5), '%PDF-');
  });
});
