import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, assertBooks } from '#tests/support/books.ts';
import { doBusiness } from '#tests/support/business.ts';
import { openEvents } from '#tests/support/event-store.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { salesOf, type Sales } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const ENTRIES = 500;

/** What accounting says, without ids, times and the numbers that it draws. */
const STATE = [
  `select a.code, p.name, b.debit, b.credit from records.account_balance b join records.account a on a.id = b.account
     join records.period p on p.id = b.period order by 1, 2`,
  `select event, status, reason, reference, gross, date::text from records.posting order by event, reference, gross, status`,
  `select e.document_type, e.reference, e.total, e.reversal_of is not null as reverses, string_agg(concat_ws(' ', a.code, l.debit, l.credit, l.customer), ', ' order by l.position) as lines
     from records.journal_entry e join records.journal_line l on l.parent_id = e.id join records.account a on a.id = l.account
     group by e.id order by 1, 2, 3, 4, 5`,
  `select id, version, data from mirror.customer order by id`,
  `select id, version, data from mirror.invoice order by id`,
] as const;

describe('The books are what the events say', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  let sales: Sales;
  let told: Awaited<ReturnType<typeof openEvents>>;
  before(async () => {
    installation = await startInstallation();
    sales = salesOf(installation.admin);
    told = await openEvents(installation);
  });
  after(async () => {
    await told?.close();
    await installation?.stop();
  });

  const state = async () => Promise.all(STATE.map((sql) => ask(installation, 'accounting', sql)));

  test('All events from all outboxes, replayed into empty books, give the same balances and statuses', async () => {
    await doBusiness(installation, sales);
    await assertBooks(installation);
    const expected = await state();
    assert.ok(
      expected.every((rows) => rows.length > 0),
      'there is something to replay',
    );
    await emptied(installation);
    assert.deepEqual(await ask(installation, 'accounting', STATE[2]), []);
    for (const { name } of installation.running.services)
      assert.equal((await sales.client.post(`/api/${name}/outbox/actions/resend`, { since: '2000-01-01T00:00:00Z' })).status, 202, name);
    const same = async () => JSON.stringify(await state()) === JSON.stringify(expected);
    await eventually('the same books', same, 30).catch(() => undefined);
    assert.deepEqual(await state(), expected);
    await assertBooks(installation);
  });

  test('Delivered again to every service from the event store, they make nobody do anything twice', async () => {
    await told.quiet();
    const toldBefore = await outboxes(installation);
    const until = await told.end();
    for (const { name } of installation.running.services) await deliveredAgain(installation, name, until);
    await told.quiet();
    assert.deepEqual(await outboxes(installation), toldBefore);
    await assertBooks(installation);
  });

  test('The event store has them all: delivered from there alone into empty books they give the same', async () => {
    const expected = await state();
    await emptied(installation);
    assert.ok((await deliveredAgain(installation, 'accounting', await told.end())).events > 0);
    const same = async () => JSON.stringify(await state()) === JSON.stringify(expected);
    await eventually('the same books', same, 30).catch(() => undefined);
    assert.deepEqual(await state(), expected);
    await assertBooks(installation);
  });

  test(`${ENTRIES} entries reversed twice at once have one reversal each, and the repeat answers the same`, async () => {
    await toldOf(installation, ENTRIES);
    const ids = await eventually('the entries', async () => {
      const sql = `select id from records.journal_entry where reference like 'BULK-%'`;
      const rows = await ask(installation, 'accounting', sql);
      return rows.length === ENTRIES && rows.map(({ id }) => String(id));
    });
    const reverse = async (id: string): Promise<string> => {
      const { status, body } = await sales.patiently(`/api/accounting/journal-entries/${id}/actions/reverse`, { reason: 'Twice at once' });
      assert.equal(status, 200, JSON.stringify(body));
      return body.created[0].id;
    };
    const all = () => inTurns(ids, reverse);
    const [first, second] = await Promise.all([all(), all()]);
    assert.deepEqual(first, second);
    assert.equal(new Set(first).size, ENTRIES);
    assert.deepEqual(await all(), first);
    const [{ count } = {}] = await ask(
      installation,
      'accounting',
      `select count(*) from records.journal_entry r join records.journal_entry e on r.reversal_of = e.id where e.reference like 'BULK-%'`,
    );
    assert.equal(Number(count), ENTRIES);
  });
});

/** The books of accounting without anything in them, and without what its consumer had. */
async function emptied(installation: Installation): Promise<void> {
  const tables = await ask(
    installation,
    'accounting',
    `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where schemaname in ('records', 'mirror')`,
  );
  const own = ['inbox', 'number_series', 'chain', 'command_result'].map((name) => `platform.${name}`);
  await ask(installation, 'accounting', `truncate ${[...tables.map(({ name }) => String(name)), ...own].join(', ')}`);
}

/** Has the audit deliver all events up to a position once more to a service. */
async function deliveredAgain({ admin }: Installation, consumer: string, until: string): Promise<{ readonly events: number }> {
  const asked = await admin.post('/api/audit/replays/actions/deliver', { consumer, from: '1', until });
  assert.equal(asked.status, 200, JSON.stringify(asked.body));
  return eventually(`the replay to ${consumer}`, async () => {
    const { body } = await admin.get(`/api/audit/replays/${asked.body.created[0].id}`);
    return body.state === 'done' && body;
  });
}

/** How much each service has told, by type: what a service does, it tells of. That the audit has run a check or anchored its end is not of this. */
async function outboxes(installation: Installation): Promise<readonly unknown[]> {
  const text = `select type, count(*)::int from platform.outbox where type not in ('EventStored', 'HeadAnchored') group by type order by type`;
  return Promise.all(installation.running.services.map(async ({ name, store }) => [name, await store.database.read({ text, values: [] })]));
}

/** Payments are told of, which accounting posts. */
async function toldOf(installation: Installation, count: number): Promise<void> {
  const [known] = await ask(installation, 'payments', 'select customer, company_id from records.payment limit 1');
  await ask(
    installation,
    'payments',
    `insert into platform.outbox (id, type, subject, actor, correlation_id, object_version, metadata_version, data)
     select gen_random_uuid(), 'PaymentReceived', 'payment/' || p, 'service:test', p::text, 1, 1, jsonb_build_object('paymentId', p, 'direction', 'in', 'number', 'BULK-' || n,
       'customerId', '${String(known?.['customer'])}', 'companyId', '${String(known?.['company_id'])}', 'date', to_char(now(), 'YYYY-MM-DD'), 'reference', null, 'amount', '1.00', 'currency', 'EUR',
       'exchangeRate', '1', 'companyAmount', '1.00', 'companyCurrency', 'EUR', 'method', 'bankTransfer', 'bankAccountId', null, 'gatewayAccountId', null)
     from (select gen_random_uuid() as p, n from generate_series(1, ${count}) n) made`,
  );
}

const AT_ONCE = 8;

/** Does something to each, a few at once; the answers in their order. */
async function inTurns<A>(ids: readonly string[], run: (id: string) => Promise<A>): Promise<readonly A[]> {
  const answers: A[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) answers.push(...(await Promise.all(ids.slice(at, at + AT_ONCE).map(run))));
  return answers;
}
