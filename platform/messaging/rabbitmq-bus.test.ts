import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { openBroker, skip, type Broker } from './broker.fixture.ts';
import type { Bus, Delivery, Unreadable } from './bus.ts';
import { openConsumers, type Consumers, type Effect } from './consumer.ts';
import { createFixture, emit, eventOf, until, type Fixture } from './fixture.ts';
import { startRelay } from './relay.ts';

let fixture: Fixture;
let broker: Broker;
let consumers: Consumers;

const record: Effect = async (transaction, event) => {
  await transaction.query({
    text: 'insert into public.effect (id, consumer) values ($1, $2)',
    values: [event.id, event.subject],
  });
};

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

before(async () => {
  fixture = await createFixture('rabbitmq');
  broker = await openBroker();
});
after(async () => {
  await broker.close();
  await fixture.drop();
});
beforeEach(async () => {
  await broker.renew();
  consumers = openConsumers({ database: fixture.database, waits: [1, 1, 1, 1] });
  await fixture.admin.query(
    'truncate platform.outbox, platform.relay, platform.inbox, platform.attempt, platform.dead_letter, public.effect',
  );
});

describe('RabbitMQ bus', { skip }, () => {
  test('takes events to the services that want them, in order per subject', async () => {
    const bus = await broker.open();
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
    const bus = await broker.open();
    await bus.publish([eventOf('offer/1'), eventOf('offer/2')]);
    assert.equal(bus.state().unrouted, 2);
    const strict = await broker.open({ unrouted: 'refuse' });
    await assert.rejects(strict.publish([eventOf('offer/3')]), /No queue takes offers.OfferCreated/);
    await effectsOf(strict);
    await strict.publish([eventOf('offer/3')]);
    await until(async () => (await count()) === 1);
  });

  test('poison is laid aside while its neighbours pass; what is no event too', async () => {
    const bus = await broker.open();
    await effectsOf(bus, async (transaction, event) => {
      if (event.subject === 'offer/poison') throw new Error('It is poison.');
      await record(transaction, event);
    });
    await broker.operate(async (channel) => {
      for (const body of ['{"half":', '[]', JSON.stringify({ ...eventOf('offer/9'), specversion: '2.0' }), '\u0000'])
        channel.publish(broker.names().exchange, 'offers.Broken', Buffer.from(body));
    });
    await bus.publish([eventOf('offer/poison'), ...Array.from({ length: 100 }, (_, index) => eventOf(`offer/${index}`))]);
    await until(async () => (await count()) === 100 && (await count('platform.dead_letter')) === 5);
    const { rows } = await fixture.admin.query('select reason, received, headers from platform.dead_letter order by reason');
    assert.deepEqual(
      rows.map((row) => row.reason),
      ['Error: It is poison.', 'Its specversion is not 1.0.', 'It is no JSON.', 'It is no JSON.', 'It is no JSON object.'].sort(),
    );
    assert.ok(rows.some((row) => row.headers.routingKey === 'offers.Broken'));
  });

  test('what is sent again goes to the one who asked, and stays where it is while they are not there', async () => {
    const bus = await broker.open();
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
    const [first, second] = [await broker.open(), await broker.open()];
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
    const bus = await broker.open();
    await effectsOf(bus);
    const relay = startRelay({ database: fixture.database, module: 'offers', bus });
    for (let round = 0; round < 40; round += 1) {
      await emit(
        fixture.admin,
        Array.from({ length: 50 }, (_, index) => `offer/${index}`),
      );
      if (round % 10 === 5) broker.proxy.cut();
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
    const bus = await broker.open();
    await effectsOf(bus);
    const relay = startRelay({ database: fixture.database, module: 'offers', bus });
    broker.proxy.down(true);
    broker.proxy.cut();
    await until(() => !bus.state().connected);
    await emit(fixture.admin, ['offer/1', 'offer/2', 'offer/3']);
    await until(async () => (await relay.lag()).events === 3);
    assert.equal(await count(), 0);
    broker.proxy.down(false);
    await until(async () => (await count()) === 3, 60_000);
    await relay.stop();
  });

  test('a broker that no longer answers is given up after the deadline', async () => {
    const bus = await broker.open({ deadline: 300 });
    await effectsOf(bus);
    broker.proxy.freeze();
    const begun = performance.now();
    await assert.rejects(bus.publish([eventOf('offer/1')]), /did not confirm within 300 ms/);
    assert.ok(performance.now() - begun < 2_000);
    await assert.rejects(bus.publish([eventOf('offer/1')]), /not connected/);
    broker.proxy.thaw();
    await until(() => bus.state().connected, 20_000);
    const event = eventOf('offer/1');
    await bus.publish([event]);
    await until(async () => (await count()) >= 1);
  });

  test('queues that were deleted are declared again', async () => {
    const bus = await broker.open();
    await effectsOf(bus);
    await broker.operate((channel) => channel.deleteQueue(broker.queue('orders')));
    await until(async () => {
      await bus.publish([eventOf('offer/1')]).catch(() => undefined);
      return (await count()) > 0;
    }, 20_000);
  });
});
