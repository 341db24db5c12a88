import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '#platform/kernel/services.ts';
import { LAG } from '#platform/messaging/outbox.ts';
import { clientOf, setUp, type Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { endAll, startTessera, type Started } from './process.ts';
import { openSurroundings, skip, type Surroundings } from './surroundings.ts';
import { startWriters, type Writers } from './writers.ts';

const NAMES = ['platform', 'customers', 'offers'] as const;
const FIELDS_EACH = 3;

describe('Core, customers and offers as three processes over RabbitMQ and Redis', { skip }, () => {
  let surroundings: Surroundings;
  const started = new Map<ServiceName, Started>();
  let writers: Writers;
  let token = '';
  const at = (service: ServiceName): Client => clientOf(surroundings.urlOf(service), token);
  const start = async (service: ServiceName): Promise<string> => {
    const one = startTessera([], { ...surroundings.of(service), SERVICE: service });
    started.set(service, one);
    return one.ready;
  };
  const killAndStart = async (service: ServiceName): Promise<void> => {
    assert.equal(await started.get(service)?.end('SIGKILL'), 'SIGKILL');
    await sleep(300);
    await start(service);
  };
  before(async () => {
    surroundings = await openSurroundings();
    const [link] = await Promise.all(NAMES.map(start));
    token = (await setUp(surroundings.urlOf('platform'), link ?? '')).token;
    await eventually('the standard objects', async () => (await at('offers').get('/api/offers/offers')).status === 200, 60);
    await eventually('the customers', async () => (await at('customers').get('/api/customers/customers')).status === 200, 60);
  });
  after(async () => {
    await writers?.stop();
    await endAll();
    await surroundings.cleanUp();
  });

  test('the health check of a container says that its service is well, and when it is not', async () => {
    const check = join(import.meta.dirname, '..', '..', 'platform', 'healthcheck.ts');
    const ask = (service: ServiceName) =>
      spawnSync(process.execPath, [check], { env: { ...surroundings.of(service), SERVICE: service } }).status;
    assert.deepEqual([ask('offers'), ask('crm')], [0, 1]);
  });

  test('eight writers go on while fields are added and one service after the other is killed and started again', async () => {
    writers = startWriters({ customers: at('customers'), offers: at('offers'), count: 8 });
    for (const victim of ['offers', 'customers', 'platform'] as const) {
      await addFields(at('platform'), victim);
      await killAndStart(victim);
      const earlier = writers.acknowledged();
      await eventually(`writes after ${victim} was killed`, async () => writers.acknowledged() > earlier + 20, 60);
    }
    await writers.stop();
    assert.deepEqual(writers.refused(), []);
  });

  test('no acknowledged write is lost', async () => {
    for (const [service, collection, kept] of [
      ['customers', 'customers', writers.customers],
      ['offers', 'offers', writers.offers],
    ] as const) {
      for (const [id, text] of kept) {
        const record = await at(service).get(`/api/${service}/${collection}/${id}`);
        assert.equal(record.status, 200, id);
        assert.equal(record.body[service === 'offers' ? 'subject' : 'name'], text);
      }
    }
  });

  test('every field is served by its service, whose version is that of the core', async () => {
    await eventually(
      'services in step with the core',
      async () => {
        const { body } = await at('platform').get('/api/platform/services');
        const mine: readonly { module: ServiceName; reachable: boolean; lag: number; error: string | null }[] = body.items;
        return NAMES.every((name) => mine.some((one) => one.module === name && one.reachable && one.lag === 0 && one.error === null));
      },
      30,
    );
    for (const victim of NAMES) {
      const [offer] = [...writers.offers.keys()];
      const patched = await at('offers').patch(`/api/offers/offers/${offer}`, {
        [`${victim}Field0`]: 'offer',
        [`${victim}Field2`]: 'offer',
      });
      assert.equal(patched.status, 200, JSON.stringify(patched.body));
      assert.equal((await at('customers').get(`/api/customers/customers?fields=name,${victim}Field1&limit=1`)).status, 200);
    }
  });

  test('outboxes are empty, and each event has had its effect once', async () => {
    for (const name of NAMES)
      await eventually(`the outbox of ${name}`, async () => (await surroundings.query(name, LAG.text))[0]?.['count'] === '0', 60);
    const sent = await surroundings.query('customers', `select id::text from platform.outbox where object = 'customer' order by 1`);
    await eventually(
      'every event in the inbox',
      async () => {
        const seen = await surroundings.query(
          'offers',
          `select event_id::text as id from platform.inbox where consumer = 'offers/mirror' order by 1`,
        );
        const ids = new Set(seen.map(({ id }) => id));
        return sent.every(({ id }) => ids.has(id));
      },
      30,
    );
    for (const name of NAMES) assert.deepEqual(await surroundings.query(name, 'select consumer, reason from platform.dead_letter'), []);
  });

  test('offers know the customers by their present names and versions', async () => {
    const owned = await surroundings.query('customers', 'select id::text, version, name from records.customer order by id');
    const mirrored = await surroundings.query(
      'offers',
      `select id::text, version, data ->> 'name' as name from mirror.customer order by id`,
    );
    assert.deepEqual(mirrored, owned);
    for (const { name } of owned.slice(0, 5)) {
      const { body } = await at('offers').get(
        `/api/offers/offers?fields=customer.name&limit=3&filter[customer.name]=${encodeURIComponent(String(name))}`,
      );
      for (const item of body.items) assert.equal(item.customer.name, name);
    }
  });
});

async function addFields(core: Client, prefix: string): Promise<void> {
  for (let nth = 0; nth < FIELDS_EACH; nth += 1) {
    const object = nth % 2 === 0 ? 'offer' : 'customer';
    const answer = await core.post(`/api/platform/objects/${object}/fields`, { name: `${prefix}Field${nth}`, label: 'F', type: 'text' });
    assert.ok(answer.status === 201 || answer.status === 202, JSON.stringify(answer.body));
  }
}
