import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { connect, type ChannelModel } from 'amqplib';
import type { ServiceName } from '#platform/kernel/services.ts';
import { clientOf, setUp, type Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { needed, rabbitmqUrl } from '#tests/support/services.ts';
import { endAll, startTessera, type Started } from './process.ts';
import { openSurroundings, skip, type Surroundings } from './surroundings.ts';

const NAMES = ['platform', 'customers', 'offers'] as const;
/** 300 KB, in as many characters as a long text may have. */
const NOTES = '語'.repeat(100_000);

describe('A record of more than 256 KB', { skip }, () => {
  let surroundings: Surroundings;
  let broker: ChannelModel;
  const started = new Map<ServiceName, Started>();
  let customers: Client;
  const travelled: { type: string; bytes: number; dataref?: string }[] = [];
  const start = async (service: ServiceName): Promise<string> => {
    const one = startTessera([], { ...surroundings.of(service), SERVICE: service });
    started.set(service, one);
    return one.ready;
  };
  const nameOf = async (id: string): Promise<unknown> =>
    (await surroundings.query('offers', `select data ->> 'name' as name from mirror.customer where id = $1`, [id]))[0]?.['name'];
  before(async () => {
    surroundings = await openSurroundings();
    const [link] = await Promise.all(NAMES.map(start));
    const { token } = await setUp(surroundings.urlOf('platform'), link ?? '');
    customers = clientOf(surroundings.urlOf('customers'), token);
    await eventually('the customers', async () => (await customers.get('/api/customers/customers')).status === 200, 60);
    broker = await connect(needed(rabbitmqUrl()));
    const channel = await broker.createChannel();
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, `${surroundings.environment['BUS_PREFIX']}events`, 'customers.#');
    await channel.consume(queue, (message) => {
      if (message) travelled.push({ bytes: message.content.length, ...JSON.parse(message.content.toString()) });
    });
  });
  after(async () => {
    await broker?.close();
    await endAll();
    await surroundings.cleanUp();
  });

  test('travels as a reference, which its readers follow', async () => {
    const made = await customers.post('/api/customers/customers', { name: 'Large', notes: NOTES });
    assert.equal(made.status, 201, JSON.stringify(made.body).slice(0, 300));
    await eventually('the mirror', async () => (await nameOf(made.body.id)) === 'Large', 10);
    const created = travelled.find(({ type }) => type === 'CustomerCreated');
    assert.ok(created && created.bytes < 2_000, `${created?.bytes} bytes`);
    assert.match(created.dataref ?? '', /^\/api\/customers\/internal\/events\/\d+$/);
    const asked = await customers.get(created.dataref ?? '');
    assert.equal(asked.status, 404, 'for people there is nothing');
  });

  test('waits for its owner when they cannot be asked', async () => {
    const made = await customers.post('/api/customers/customers', { name: 'Small' });
    await eventually('the mirror', async () => (await nameOf(made.body.id)) === 'Small', 10);
    const pid = started.get('offers')?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    const path = `/api/customers/customers/${made.body.id}`;
    assert.equal((await customers.patch(path, { name: 'Larger', notes: NOTES })).status, 200);
    await eventually('the event on its way', async () => travelled.some(({ type }) => type === 'CustomerUpdated'), 10);
    assert.equal(await started.get('customers')?.end('SIGKILL'), 'SIGKILL');
    process.kill(pid, 'SIGCONT');
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    assert.equal(await nameOf(made.body.id), 'Small');
    await start('customers');
    await eventually('the mirror', async () => (await nameOf(made.body.id)) === 'Larger', 20);
    assert.deepEqual(await surroundings.query('offers', 'select reason from platform.dead_letter'), []);
  });
});
