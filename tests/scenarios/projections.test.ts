import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SERVICES } from '#platform/kernel/services.ts';
import { ask, assertBooks } from '#tests/support/books.ts';
import { doBusiness } from '#tests/support/business.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { salesOf } from '#tests/support/sales.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { assertHandled, assertState, stateOf } from '#tests/support/state.ts';

/**
 * What services know only by the events of others, as it was before any of them came: what is outstanding of an invoice and how it
 * stands, what of an order is invoiced, what a customer owes. Who projects it has heard nothing either.
 */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  invoices: [
    `update records.invoice set outstanding = null, written_off_total = null, open_item_version = null, status = 'issued', overdue_since = null where status not in ('draft', 'cancelled', 'credited')`,
    `delete from platform.inbox where consumer in ('invoices/followOpenItem', 'invoices/followNewItem')`,
  ],
  orders: [
    'update records.credit_account set receivables = 0',
    `update records.order_line set invoiced = 0`,
    `update records."order" set percent_invoiced = 0, status = 'toInvoice' where status <> 'draft'`,
    `update records.claim_line set done = null where parent_id in (select id from records.claim where kind = 'invoice')`,
    `update records.claim set state = 'open' where kind = 'invoice'`,
    `delete from platform.inbox where consumer in ('orders/countInvoiced', 'orders/countCredited', 'orders/countSettlement', 'orders/countVoid', 'orders/countExchange', 'orders/countExchangeBack')`,
  ],
};

describe('What services know of one another is what the events say', { skip: skipReason(testDatabaseUrl()) }, () => {
  let installation: Installation;
  before(async () => {
    installation = await startInstallation();
  });
  after(() => installation.stop());

  const everywhere = <A>(look: (database: string) => Promise<A>): Promise<readonly A[]> =>
    Promise.all(SERVICES.map(({ database }) => look(database)));

  test('All events from all outboxes, replayed into empty projections, give the same amounts, counts and statuses', async () => {
    const sales = salesOf(installation.admin);
    await doBusiness(installation, sales);
    await assertBooks(installation);
    const expected = await stateOf(installation);
    const mirrored = await everywhere(mirrorsOf);
    assert.ok(mirrored.flat().length > 20, 'there are mirrors');
    await everywhere(emptyMirrors);
    for (const [database, statements] of Object.entries(BEFORE)) await changed(database, statements);
    assert.notDeepEqual(await stateOf(installation), expected, 'nothing is known');
    assert.equal((await everywhere(mirrorsOf)).flat().length, 0);
    for (const { name } of installation.running.services)
      assert.equal((await sales.client.post(`/api/${name}/outbox/actions/resend`, { since: '2000-01-01T00:00:00Z' })).status, 202, name);
    await assertState(installation, expected, 60);
    await assertBooks(installation);
    const same = async (): Promise<boolean> => JSON.stringify(await everywhere(mirrorsOf)) === JSON.stringify(mirrored);
    await eventually('the same mirrors', same, 30).catch(() => undefined);
    assert.deepEqual((await everywhere(mirrorsOf)).flat(), mirrored.flat());
    await assertHandled(installation);
  });

  /** Every record that a service keeps a copy of; projecting anew saves documents again, so that their versions are other ones. */
  async function mirrorsOf(database: string): Promise<readonly string[]> {
    const all: string[] = [];
    for (const name of await mirrorTables(database)) {
      const rows = await ask(installation, database, `select id, deleted, data from ${name} order by id`);
      all.push(...rows.map((row) => `${name} ${JSON.stringify(row)}`));
    }
    return all;
  }

  async function emptyMirrors(database: string): Promise<void> {
    const tables = await mirrorTables(database);
    const emptied = tables.length > 0 ? [`truncate ${tables.join(', ')}`] : [];
    await changed(database, [...emptied, `delete from platform.inbox where consumer like '%/mirror'`]);
  }

  async function mirrorTables(database: string): Promise<readonly string[]> {
    const sql = `select 'mirror.' || quote_ident(tablename) as name from pg_tables where schemaname = 'mirror' order by 1`;
    return (await ask(installation, database, sql)).map(({ name }) => String(name));
  }

  /** As nobody may do: documents that are sealed are changed too. */
  async function changed(database: string, statements: readonly string[]): Promise<void> {
    await ask(installation, database, `begin; set local session_replication_role = replica; ${statements.join('; ')}; commit`);
  }
});
