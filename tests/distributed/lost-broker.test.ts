import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { connect } from 'amqplib';
import type { ServiceName } from '#platform/kernel/services.ts';
import { clientOf, setUp, type Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { needed, rabbitmqUrl } from '#tests/support/services.ts';
import { endAll, startTessera, type Started } from './process.ts';
import { deleteTopology, openSurroundings, skip, type Surroundings } from './surroundings.ts';

const NAMES = ['platform', 'customers', 'offers'] as const;

describe('What RabbitMQ loses comes from the outboxes', { skip }, () => {
  let surroundings: Surroundings;
  const started = new Map<ServiceName, Started>();
  let customers: Client;
  let written = 0;
  const start = async (service: ServiceName): Promise<string> => {
    const one = startTessera([], { ...surroundings.of(service), SERVICE: service });
    started.set(service, one);
    return one.ready;
  };
  const prefix = (): string => surroundings.environment['BUS_PREFIX'] ?? '';
  const write = async (count: number): Promise<void> => {
    for (let nth = 0; nth < count; nth += 1) {
      const answer = await customers.post('/api/customers/customers', { name: `Customer ${(written += 1)}` });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
    }
  };
  /** Until offers know each customer, each by one event. */
  const known = async (): Promise<void> => {
    const names = await surroundings.query('customers', 'select name from records.customer order by name');
    assert.equal(names.length, written);
    await eventually(
      'every customer in the mirror of offers',
      async () => {
        const mirrored = await surroundings.query('offers', `select data ->> 'name' as name from mirror.customer order by name`);
        return JSON.stringify(mirrored) === JSON.stringify(names);
      },
      60,
    );
    assert.deepEqual(await surroundings.query('offers', 'select reason from platform.dead_letter'), []);
  };
  before(async () => {
    surroundings = await openSurroundings();
    const [link] = await Promise.all(NAMES.map(start));
    const { token } = await setUp(surroundings.urlOf('platform'), link ?? '');
    customers = clientOf(surroundings.urlOf('customers'), token);
    const offers = clientOf(surroundings.urlOf('offers'), token);
    await eventually('the standard objects', async () => (await offers.get('/api/offers/offers')).status === 200, 60);
    await eventually('the customers', async () => (await customers.get('/api/customers/customers')).status === 200, 60);
    await write(3);
    await known();
  });
  after(async () => {
    await endAll();
    await surroundings.cleanUp();
  });

  test('the exchange, and with it all bindings, while customers are written', async () => {
    await onBroker((channel) => channel.deleteExchange(`${prefix()}events`));
    await write(30);
    await known();
  });

  test('the queue, while nobody is there to notice', async () => {
    assert.equal(await started.get('offers')?.end('SIGKILL'), 'SIGKILL');
    await write(5);
    await onBroker((channel) => channel.deleteQueue(`${prefix()}tessera.offers`));
    await write(5);
    await start('offers');
    await known();
  });

  test('everything, while offers stand still: what waited for them, and what came before they were back', async () => {
    const pid = started.get('offers')?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    await write(5);
    await deleteTopology(needed(rabbitmqUrl()), prefix());
    await write(5);
    process.kill(pid, 'SIGCONT');
    await write(5);
    await known();
  });
});

type Channel = Awaited<ReturnType<Awaited<ReturnType<typeof connect>>['createChannel']>>;

async function onBroker(run: (channel: Channel) => Promise<unknown>): Promise<void> {
  const connection = await connect(needed(rabbitmqUrl()));
  await run(await connection.createChannel());
  await connection.close();
}
