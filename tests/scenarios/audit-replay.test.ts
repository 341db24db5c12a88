import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { runReplay } from '#modules/audit/replays/run-replay.ts';
import { beginAs } from '#platform/data/commands/module-job.ts';
import type { LongJobContext } from '#platform/kernel/long-job.ts';
import type { Json } from '#platform/kernel/model.ts';
import { openEvents } from '#tests/support/event-store.ts';
import { eventually } from '#tests/support/eventually.ts';
import { startInstallation, type Installation } from '#tests/support/installation.ts';
import { runScheduled } from '#tests/support/scheduled.ts';
import { skipReason, testDatabaseUrl } from '#tests/support/services.ts';

const CUSTOMERS = '/api/customers/customers';
const MANY = 1_200;
const AT_ONCE = 600;
const DIFFERENCES_MOST = 200;

const skip = skipReason(testDatabaseUrl());
let installation: Installation;
let store: Awaited<ReturnType<typeof openEvents>>;
before(async () => {
  if (skip) return;
  installation = await startInstallation();
  store = await openEvents(installation);
});
after(async () => {
  await store?.close();
  await installation?.stop();
});

const begun = async (command: string, input: object) => {
  const asked = await installation.admin.post(`/api/audit/replays/actions/${command}`, input);
  assert.equal(asked.status, 200, JSON.stringify(asked.body));
  return (await installation.admin.get(`/api/audit/replays/${asked.body.created[0].id}`)).body;
};
const replayed = async (command: string, input: object) => {
  const { id } = await begun(command, input);
  return eventually('the replay', async () => {
    const { body } = await installation.admin.get(`/api/audit/replays/${id}`);
    return body.state !== 'running' && body;
  });
};
const changedBySql = async (service: string, statement: string): Promise<void> => {
  const client = await store.connected(service);
  try {
    await client.query(`set session_replication_role = replica; ${statement}`);
  } finally {
    await client.end();
  }
};
const madeByTheHundred = async (): Promise<void> => {
  for (let first = 0; first < MANY; first += AT_ONCE) {
    const operations = Array.from({ length: AT_ONCE }, (_, nth) => ({ op: 'create', record: { name: `Many ${first + nth}` } }));
    assert.equal((await installation.admin.post(`${CUSTOMERS}/bulk`, { atomic: true, operations })).status, 200);
  }
  await eventually('their events', async () => {
    const [{ count }] = await store.rows(`select count(*)::int from event_store.event where type = 'CustomerCreated'`);
    return count >= MANY;
  });
};

/** What long work works with, but interrupted after so many steps; `checkpoint` says where it left off. */
function interrupted(
  id: string,
  { steps, from }: { steps: number; from: Json },
): LongJobContext & { reached: () => Json; done: () => number } {
  const begin = beginAs(store.auditStore());
  let [left, checkpoint, taken]: [number, Json, number] = [steps, from, 0];
  return {
    id,
    input: { replay: id },
    checkpoint: from,
    begin,
    ask: async (service, path) => (await installation.admin.get(`/api/${service}${path}`)).body,
    deliver: () => Promise.reject(new Error('Nothing is delivered here')),
    step: async (portion) => {
      if (left === 0) throw new Error('interrupted');
      left -= 1;
      taken += 1;
      checkpoint = (await begin(portion)).checkpoint;
    },
    reached: () => checkpoint,
    done: () => taken,
  };
}

describe('A replay', { skip }, () => {
  test('delivers what a service has lost, and nothing twice', async () => {
    const { body: customer } = await installation.admin.post(CUSTOMERS, { name: 'Adler' });
    const [{ id, position }] = await eventually('the event', async () => {
      const events = await store.rows('select id, position from event_store.event where record_id = $1', [customer.id]);
      return events.length > 0 && events;
    });
    const offers = await store.connected('offers');
    const mirrored = async () => (await offers.query('select 1 from mirror.customer where id = $1', [customer.id])).rows.length;
    await eventually('the mirror', async () => (await mirrored()) === 1);
    await offers.query('delete from mirror.customer where id = $1', [customer.id]);
    assert.equal((await replayed('deliver', { consumer: 'offers', from: '1', until: position })).state, 'done');
    assert.equal(await mirrored(), 0, 'the inbox knows it');
    await offers.query(`delete from platform.inbox where event_id = $1`, [id]);
    const replay = await replayed('deliver', { consumer: 'offers', from: position, until: position });
    assert.deepEqual([replay.state, replay.events, await mirrored()], ['done', 1, 1]);
    await offers.end();
    const refused = await installation.admin.post('/api/audit/replays/actions/deliver', { consumer: 'nobody', from: '1', until: '2' });
    assert.deepEqual([refused.status, refused.body.errors[0].field], [422, 'consumer']);
  });

  test('rebuilds records beside the live ones, and finds what no event tells of', async () => {
    const { items } = (await installation.admin.get(`${CUSTOMERS}?limit=1`)).body;
    const bin = await installation.admin.post(CUSTOMERS, { name: 'In the recycle bin' });
    assert.equal((await installation.admin.delete(`${CUSTOMERS}/${bin.body.id}`)).status, 204);
    const same = await replayed('compare', { object: 'customer' });
    assert.deepEqual([same.state, same.differences], ['done', []], JSON.stringify(same));
    assert.ok(same.records >= 1 && same.events >= 3);
    await changedBySql('customers', `update records.customer set name = 'By hand' where id = '${items[0].id}'`);
    const other = await replayed('compare', { object: 'customer' });
    assert.deepEqual([other.state, other.differences], ['different', [{ record: items[0].id, what: 'different', fields: 'name' }]]);
    await changedBySql('customers', `update records.customer set name = 'Adler' where id = '${items[0].id}'`);
  });

  test('takes into account what is told of while it compares', async () => {
    const { id } = await begun('compare', { object: 'customer' });
    await eventually('it', async () => (await installation.admin.get(`/api/audit/replays/${id}`)).body.state !== 'running');
    await changedBySql('audit', `update records.replay set state = 'running', ended_at = null where id = '${id}'`);
    const first = interrupted(id, { steps: 1, from: null });
    await assert.rejects(() => runReplay.run(first), /interrupted/);
    const gone = (await installation.admin.post(CUSTOMERS, { name: 'Made meanwhile' })).body.id;
    const { items } = (await installation.admin.get(`${CUSTOMERS}?sort=-createdAt&limit=2`)).body;
    assert.equal((await installation.admin.patch(`${CUSTOMERS}/${items[1].id}`, { name: 'Changed meanwhile' })).status, 200);
    assert.equal((await installation.admin.delete(`${CUSTOMERS}/${gone}`)).status, 204);
    await runReplay.run(interrupted(id, { steps: 100, from: first.reached() }));
    const { body } = await installation.admin.get(`/api/audit/replays/${id}`);
    assert.deepEqual([body.state, body.differences], ['done', []], JSON.stringify(body));
  });

  test('goes on where it was interrupted, and anew where the server has lost what was rebuilt', async () => {
    await madeByTheHundred();
    const whole = await replayed('compare', { object: 'customer' });
    assert.deepEqual([whole.state, whole.differences], ['done', []]);
    for (const loses of [false, true]) {
      await changedBySql('audit', `update records.replay set state = 'running', ended_at = null, records = null where id = '${whole.id}'`);
      const first = interrupted(whole.id, { steps: 2, from: null });
      await assert.rejects(() => runReplay.run(first), /interrupted/);
      if (loses) await store.owner.query(`truncate event_store.shadow_${whole.id.replaceAll('-', '')}`);
      const second = interrupted(whole.id, { steps: 100, from: first.reached() });
      await runReplay.run(second);
      const { body } = await installation.admin.get(`/api/audit/replays/${whole.id}`);
      assert.deepEqual([body.state, body.records, body.differences], ['done', whole.records, []], JSON.stringify(body));
      const pages = Math.ceil(whole.records / 500);
      assert.equal(second.done(), loses ? pages + 1 : pages - 1);
    }
  });

  test('counts more differences than it keeps, wherever they are', async () => {
    const kept = `select id from records.customer where name like 'Many %' order by id limit 20`;
    await changedBySql('customers', `delete from records.customer where name like 'Many %' and id not in (${kept})`);
    const replay = await replayed('compare', { object: 'customer' });
    assert.deepEqual([replay.state, replay.found, replay.differences.length], ['different', MANY - 20, DIFFERENCES_MOST]);
    assert.ok(replay.differences.every(({ what }: { what: string }) => what === 'missing'));
    const job = (await installation.admin.get(`/api/audit/jobs/${replay.job}`)).body;
    assert.deepEqual([job.state, job.done <= job.total], ['done', true]);
  });

  test('that was cancelled says so, and leaves nothing behind', async () => {
    const { id, job } = await replayed('compare', { object: 'customer' });
    await changedBySql(
      'audit',
      `update records.replay set state = 'running' where id = '${id}'; update platform.job set state = 'cancelled' where id = '${job}'`,
    );
    await beginAs(store.auditStore())(({ eventStore }) => eventStore.shadow(id).open());
    assert.equal((await store.rows(`select 1 from pg_class where relname ~ '^shadow_' and relkind = 'r'`)).length, 1);
    await runScheduled(installation, 'audit', 'settleReplays');
    assert.equal((await installation.admin.get(`/api/audit/replays/${id}`)).body.state, 'stopped');
    assert.deepEqual(await store.rows(`select 1 from pg_class where relname ~ '^shadow_' and relkind = 'r'`), []);
  });
});
