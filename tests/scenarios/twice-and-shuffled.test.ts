import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { needed, skipReason, testDatabaseUrl } from '#tests/support/services.ts';
import { openShuffledBus } from '#tests/support/shuffled-bus.ts';

const database = testDatabaseUrl();
const CUSTOMERS = 12;

describe('Every event twice and in any order', { skip: skipReason(database) }, () => {
  const bus = openShuffledBus(7);
  let installation: Installation;
  before(async () => {
    installation = await startInstallation({ bus });
  });
  after(() => installation.stop());

  const rows = async (service: string, text: string): Promise<readonly unknown[]> => {
    const url = Object.assign(new URL(needed(database)), { pathname: `/${installation.databasePrefix}${service}` });
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    const result = await client.query(text);
    await client.end();
    return result.rows;
  };

  test('offers end up knowing of the customers what they would know had each event come once, in its turn', async () => {
    const { admin } = installation;
    for (let nth = 0; nth < CUSTOMERS; nth += 1) {
      const customer = await admin.post('/api/customers/customers', { name: `Customer ${nth}` });
      assert.equal(customer.status, 201);
      const path = `/api/customers/customers/${customer.body.id}`;
      for (const name of ['second', 'third', 'last']) assert.equal((await admin.patch(path, { name: `${name} ${nth}` })).status, 200);
      if (nth % 3 === 0) assert.equal((await admin.delete(path)).status, 204);
      if (nth % 6 === 0) assert.equal((await admin.post(`${path}/restore`)).status, 200);
    }
    const owned = await rows(
      'customers',
      'select id::text, version, deleted_at is not null as deleted, name from records.customer order by id',
    );
    await eventually(
      'the mirror as in order',
      async () => {
        const mirrored = await rows(
          'offers',
          `select id::text, version, deleted, data ->> 'name' as name from mirror.customer order by id`,
        );
        return JSON.stringify(mirrored) === JSON.stringify(owned);
      },
      30,
    );
    assert.equal(owned.length, CUSTOMERS);
    const sent = await rows('customers', `select id::text from platform.outbox where object = 'customer'`);
    assert.ok(bus.delivered() > sent.length, 'events came more than once');
    const handled = await rows('offers', `select event_id from platform.inbox where consumer = 'offers/mirror'`);
    assert.ok(handled.length >= sent.length, 'each of them was handled');
    assert.deepEqual(await rows('offers', 'select reason from platform.dead_letter'), []);
  });
});
