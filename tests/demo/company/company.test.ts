import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { addDays } from '#platform/kernel/dates.ts';
import { ask, assertBooks } from '#tests/support/books.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { playYear } from './year.ts';

const DAYS = 40;

/** The events whose names do not change. That the audit has stored events is told by its own, which it does not store. */
const PROMISED = `
  CustomerCreated CustomerUpdated CustomerSuspended LeadCreated LeadConverted OpportunityCreated OpportunityClosed
  ActivityCreated TaskCompleted OfferCreated OrderCreated DeliveryNoteCreated InvoiceCreated PaymentReceived
  PaymentProcessed PaymentFailed RefundProcessed ChargebackReceived TransactionPosted GLUpdated ReportGenerated
  ComplianceCheck AuditReportGenerated ObjectCreated FieldAdded LayoutUpdated SchemaChanged`
  .trim()
  .split(/\s+/);

describe('A small company, played through the API', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  const until = new Date().toISOString().slice(0, 10);
  before(async () => {
    installation = await startInstallation();
    const { url, admin } = installation;
    await playYear({ url, token: admin.token, days: DAYS, until, offersAWeek: 3, onDay: () => undefined });
  });
  after(() => installation.stop());

  test('leaves documents of every kind on their days, whose numbers follow them, and books that agree', async () => {
    for (const [service, table] of [
      ['offers', 'offer'],
      ['orders', 'order'],
      ['delivery_notes', 'delivery_note'],
      ['invoices', 'invoice'],
    ] as const) {
      const [row] = await ask(
        installation,
        service,
        `select count(distinct date)::int as days, min(date)::text as first, max(date)::text as last,
           bool_and(ordered) as ordered from (select date, date >= coalesce(lag(date) over (partition by left(number, 7) order by number), date) as ordered
             from records."${table}" where number is not null) documents`,
      );
      assert.ok(Number(row?.['days']) > 5, `${table}: ${JSON.stringify(row)}`);
      assert.ok(String(row?.['first']) >= addDays(until, -DAYS) && String(row?.['last']) <= until);
      if (table === 'invoice') assert.equal(row?.['ordered'], true);
    }
    await assertBooks(installation);
  });

  test('leaves nothing undone that was to follow from an event', async () => {
    for (const service of [
      'offers',
      'orders',
      'delivery_notes',
      'invoices',
      'payments',
      'accounting',
      'customers',
      'crm',
      'audit',
      'notifications',
    ]) {
      const rows = await ask(installation, service, `select reason from platform.dead_letter where state = 'open'`);
      assert.deepEqual(rows, [], service);
    }
  });

  test('has every event happen that others are promised, and the audit has them', async () => {
    const missing = async (): Promise<readonly string[]> => {
      const rows = await ask(installation, 'audit', 'select distinct type from records.event');
      return PROMISED.filter((type) => !rows.some((row) => row['type'] === type));
    };
    await eventually('all of them', async () => (await missing()).length === 0).catch(() => undefined);
    assert.deepEqual(await missing(), []);
  });

  test('is not played twice in one place', async () => {
    const { url, admin } = installation;
    await assert.rejects(
      playYear({ url, token: admin.token, days: DAYS, until, offersAWeek: 1, onDay: () => undefined }),
      /an empty installation: PORT=/,
    );
  });
});
