import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import { connect as connectAmqp, type ChannelModel } from 'amqplib';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { openTcpProxy, type TcpProxy } from '#tests/support/tcp-proxy.ts';
import type { Bus, Delivery, Unreadable } from './bus.ts';
import { openConsumers, type Consumers, type Effect } from './consumer.ts';
import { createFixture, emit, eventOf, until, type Fixture } from './fixture.ts';
import { openRabbitmqBus, type RabbitmqBusOptions } from './rabbitmq-bus.ts';
import type { Names } from './rabbitmq-topology.ts';
import { startRelay } from './relay.ts';

const BROKER = process.env['TEST_RABBITMQ_URL'] ?? 'amqp://guest:guest@127.0.0.1:5672';
const admin: ChannelModel | null = await connectAmqp(BROKER, { timeout: 2_000 }).catch(() => null);

let fixture: Fixture;
let proxy: TcpProxy;
let consumers: Consumers;
let names = freshNames();
let buses: Bus[] = [];

const record: Effect = async (transaction, event) => {
  await transaction.query({
    text: 'insert into public.effect (id, consumer) values ($1, $2)',
    values: [event.id, event.subject],
  });
};

function freshNames(): Names {
  const run = randomUUID().slice(0, 8);
  return { exchange: `test.${run}.events`, queues: `test.${run}` };
}

async function open(options: Partial<RabbitmqBusOptions> = {}): Promise<Bus> {
  const url = new URL(BROKER);
  url.port = String(proxy.port);
  const bus = await openRabbitmqBus({ url: url.href, name: 'test', names, ...options });
  buses.push(bus);
  await until(() => bus.state().connected);
  return bus;
}

function effectsOf(bus: Bus, effect = record, consumer = 'orders') {
  return bus.subscribe({
    consumer,
    patterns: ['offers.*'],
    handle: async (event: PlatformEvent, delivery: Delivery) => void (await consumers.consume(consumer, event, effect, delivery)),
    reject: (unreadable: Unreadable) => consumers.reject(consumer, unreadable),
  });
}

async function count(table = 'public.effect'): Promise<number> {
  return Number((await fixture.admin.query(`select count(*) from ${table}`)).rows[0].count);
}

async function cleanUp(): Promise<void> {
  await Promise.all(buses.map((bus) => bus.stop()));
  buses = [];
  const channel = await admin?.createChannel();
  for (const queue of ['orders', 'invoices', 'orders.dead', 'invoices.dead']) await channel?.deleteQueue(`${names.queues}.${queue}`);
  for (const exchange of [names.exchange, `${names.exchange}.dead`]) await channel?.deleteExchange(exchange);
  await channel?.close();
}

const skip = admin ? false : 'No RabbitMQ answers here.';

before(async () => {
  fixture = await createFixture('rabbitmq');
  const { hostname, port } = new URL(BROKER);
  proxy = await openTcpProxy({ host: hostname, port: Number(port || 5672) });
});
after(async () => {
  await cleanUp();
  await proxy.close();
  await fixture.drop();
  await admin?.close();
});
beforeEach(async () => {
  await cleanUp();
  names = freshNames();
  consumers = openConsumers({ database: fixture.database, waits: [1, 1, 1, 1] });
  await fixture.admin.query(
    'truncate platform.outbox, platform.relay, platform.inbox, platform.attempt, platform.dead_letter, public.effect',
  );
});

describe('RabbitMQ bus', { skip }, () => {
  test('takes events to the services that want them, in order per subject', async () => {
    const bus = await open();
    const seen: string[] = [];
    await bus.subscribe({
      consumer: 'orders',
      patterns: ['offers.OfferCreated'],
      handle: async (event) => void seen.push(event.subject),
      reject: async () => undefined,
    });
    const others: string[] = [];
    const second = await bus.subscribe({
      consumer: 'invoices',
      patterns: ['customers.*'],
      handle: async (event) => void others.push(event.subject),
      reject: async () => undefined,
    });
    const events = Array.from({ length: 200 }, (_, index) => eventOf(`offer/${index}`));
    await bus.publish(events);
    await until(() => seen.length === 200);
    assert.deepEqual([seen.length, others.length], [200, 0]);
    await second.update(['offers.#']);
    await bus.publish([eventOf('offer/later')]);
    await until(() => others.length === 1);
    assert.deepEqual(others, ['offer/later']);
    assert.deepEqual({ ...bus.state() }, { kind: 'rabbitmq', connected: true, blocked: null, unrouted: 0, lastError: null });
  });

  test('an event nobody takes is counted, or refused where that was asked for', async () => {
    const bus = await open();
    await bus.publish([eventOf('offer/1'), eventOf('offer/2')]);
    assert.equal(bus.state().unrouted, 2);
    const strict = await open({ unrouted: 'refuse' });
    await assert.rejects(strict.publish([eventOf('offer/3')]), /No queue takes offers.OfferCreated/);
    await effectsOf(strict);
    await strict.publish([eventOf('offer/3')]);
    await until(async () => (await count()) === 1);
  });

  test('poison is laid aside while its neighbours pass; what is no event too', async () => {
    const bus = await open();
    await effectsOf(bus, async (transaction, event) => {
      if (event.subject === 'offer/poison') throw new Error('It is poison.');
      await record(transaction, event);
    });
    const channel = await admin?.createChannel();
    for (const body of ['{"half":', '[]', JSON.stringify({ ...eventOf('offer/9'), specversion: '2.0' }), '\u0000']) {
      channel?.publish(names.exchange, 'offers.Broken', Buffer.from(body));
    }
    await bus.publish([eventOf('offer/poison'), ...Array.from({ length: 100 }, (_, index) => eventOf(`offer/${index}`))]);
    await until(async () => (await count()) === 100 && (await count('platform.dead_letter')) === 5);
    const { rows } = await fixture.admin.query('select reason, received, headers from platform.dead_letter order by reason');
    assert.deepEqual(
      rows.map((row) => row.reason),
      ['Error: It is poison.', 'Its specversion is not 1.0.', 'It is no JSON.', 'It is no JSON.', 'It is no JSON object.'].sort(),
    );
    assert.ok(rows.some((row) => row.headers.routingKey === 'offers.Broken'));
    await channel?.close();
  });

  test('what is sent again goes to the one who asked, and stays where it is while they are not there', async () => {
    const bus = await open();
    const seen = { orders: 0, invoices: 0 };
    const join = (consumer: 'orders' | 'invoices') =>
      bus.subscribe({
        consumer,
        patterns: ['offers.*'],
        handle: async () => void (seen[consumer] += 1),
        reject: async () => undefined,
      });
    await join('invoices');
    await assert.rejects(bus.resend('orders', [eventOf('offer/1')]), /No queue takes/);
    await join('orders');
    await bus.resend('orders', [eventOf('offer/1'), eventOf('offer/2')]);
    await until(() => seen.orders === 2);
    assert.equal(seen.invoices, 0);
  });

  test('of two replicas one consumes; when it stops, the other goes on', async () => {
    const [first, second] = [await open(), await open()];
    const takers: string[] = [];
    const join = (bus: Bus, name: string) =>
      bus.subscribe({
        consumer: 'orders',
        patterns: ['#'],
        handle: async () => void takers.push(name),
        reject: async () => undefined,
      });
    const active = await join(first, 'first');
    await join(second, 'second');
    await second.publish(Array.from({ length: 20 }, (_, index) => eventOf(`offer/${index}`)));
    await until(() => takers.length === 20);
    assert.deepEqual([...new Set(takers)], ['first']);
    await active.stop();
    await second.publish([eventOf('offer/21')]);
    await until(() => takers.length === 21);
    assert.equal(takers.at(-1), 'second');
  });
});

describe('RabbitMQ bus, when the broker or the way to it fails', { skip }, () => {
  test('connections cut again and again while events flow: nothing is lost, effects once', async () => {
    const bus = await open();
    await effectsOf(bus);
    const relay = startRelay({ database: fixture.database, module: 'offers', bus });
    for (let round = 0; round < 40; round += 1) {
      await emit(
        fixture.admin,
        Array.from({ length: 50 }, (_, index) => `offer/${index}`),
      );
      if (round % 10 === 5) proxy.cut();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await until(async () => (await count()) === 2_000 && (await relay.lag()).events === 0, 60_000);
    const { rows } = await fixture.admin.query('select count(*) - count(distinct id) as doubles from public.effect');
    assert.equal(Number(rows[0].doubles), 0);
    const order = await fixture.admin
      .query(`select bool_and(kept) as kept from (select array_agg(position order by at) = array_agg(position order by position) as kept
      from public.effect join platform.outbox using (id) group by consumer) as subjects`);
    assert.equal(order.rows[0].kept, true);
    await relay.stop();
  });

  test('a broker that is away keeps events in the outbox, and they flow when it is back', async () => {
    const bus = await open();
    await effectsOf(bus);
    const relay = startRelay({ database: fixture.database, module: 'offers', bus });
    proxy.down(true);
    proxy.cut();
    await until(() => !bus.state().connected);
    await emit(fixture.admin, ['offer/1', 'offer/2', 'offer/3']);
    await until(async () => (await relay.lag()).events === 3);
    assert.equal(await count(), 0);
    proxy.down(false);
    await until(async () => (await count()) === 3, 60_000);
    await relay.stop();
  });

  test('a broker that no longer answers is given up after the deadline', async () => {
    const bus = await open({ deadline: 300 });
    await effectsOf(bus);
    proxy.freeze();
    const begun = performance.now();
    await assert.rejects(bus.publish([eventOf('offer/1')]), /did not confirm within 300 ms/);
    assert.ok(performance.now() - begun < 2_000);
    await assert.rejects(bus.publish([eventOf('offer/1')]), /not connected/);
    proxy.thaw();
    await until(() => bus.state().connected, 20_000);
    const event = eventOf('offer/1');
    await bus.publish([event]);
    await until(async () => (await count()) >= 1);
  });

  test('a subscriber is told when its queue or its bindings were gone, and only then', async () => {
    const bus = await open({ look: 50 });
    const seen: string[] = [];
    let told = 0;
    let refusals = 0;
    await bus.subscribe({
      consumer: 'orders',
      patterns: ['offers.OfferCreated'],
      handle: async (event) => void seen.push(event.subject),
      reject: async () => undefined,
      missed: async () => {
        told += 1;
        if (refusals-- > 0) throw new Error('It cannot be noted down now.');
      },
    });
    assert.equal(told, 1, 'the first time it has had nothing');
    const arrives = (subject: string): Promise<void> =>
      until(async () => {
        await bus.publish([eventOf(subject)]).catch(() => undefined);
        return seen.includes(subject);
      }, 20_000);
    proxy.cut();
    await arrives('offer/reconnected');
    assert.equal(told, 1, 'a new connection loses nothing');

    const channel = await admin?.createChannel();
    await channel?.deleteExchange(names.exchange);
    await channel?.assertExchange(names.exchange, 'topic', { durable: true });
    await until(() => told === 2, 20_000);
    await arrives('offer/bound');
    await channel?.unbindQueue(`${names.queues}.orders`, names.exchange, 'offers.OfferCreated');
    await arrives('offer/bound again');
    assert.equal(told, 2);

    refusals = 1;
    await channel?.deleteQueue(`${names.queues}.orders`);
    await until(() => told === 4, 20_000);
    await arrives('offer/queued');
    proxy.cut();
    await arrives('offer/last');
    assert.equal(told, 4, 'again after it could not note it down, and not once more');
    await channel?.close();
  });

  test('queues that were deleted are declared again', async () => {
    const bus = await open();
    await effectsOf(bus);
    const channel = await admin?.createChannel();
    await channel?.deleteQueue(`${names.queues}.orders`);
    await channel?.close();
    await until(async () => {
      await bus.publish([eventOf('offer/1')]).catch(() => undefined);
      return (await count()) > 0;
    }, 20_000);
  });
});
