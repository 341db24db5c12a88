import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { Refusal } from '#platform/kernel/errors.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { openConsumers, type Consumers, type Effect } from './consumer.ts';
import type { SharedEffect } from './gathering.ts';
import { createFixture, emit, eventOf, until, type Fixture } from './fixture.ts';
import { openPostgresBus } from './postgres-bus.ts';
import { startRelay } from './relay.ts';

let fixture: Fixture;
let consumers: Consumers;

before(async () => {
  fixture = await createFixture('consumer');
});
after(() => fixture.drop());
beforeEach(async () => {
  await fixture.admin.query(
    'truncate platform.outbox, platform.relay, platform.inbox, platform.attempt, platform.dead_letter, public.effect',
  );
  consumers = openConsumers({ database: fixture.database, waits: [1, 1, 1, 1] });
});

const record: Effect = async (transaction, event) => {
  await transaction.query({
    text: 'insert into public.effect (id, consumer) values ($1, $2)',
    values: [event.id, event.subject],
  });
};
const fails: Effect = async (transaction, event) => {
  await record(transaction, event);
  throw new TypeError('This event cannot be handled.');
};

async function count(table: string): Promise<number> {
  return Number((await fixture.admin.query(`select count(*) from ${table}`)).rows[0].count);
}

describe('consumer', () => {
  test('runs an effect once, however often and concurrently the event comes', async () => {
    const event = eventOf('offer/1');
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => consumers.consume('mirror', event, record)));
    assert.equal(outcomes.filter((outcome) => outcome === 'done').length, 1);
    assert.equal(outcomes.filter((outcome) => outcome === 'duplicate').length, 19);
    assert.equal(await consumers.consume('mirror', event, record, { redelivered: true }), 'duplicate');
    assert.equal(await consumers.consume('reaction', event, record), 'done');
    assert.equal(await count('public.effect'), 2);
  });

  test('handles events that arrive together in one transaction, each once; if one of them cannot be, all others still are', async () => {
    const sizes: number[] = [];
    const poison = eventOf('offer/poison');
    const shared: SharedEffect = async (transaction, events) => {
      sizes.push(events.length);
      for (const event of events) await (event.id === poison.id ? fails : record)(transaction, event);
    };
    const events = Array.from({ length: 30 }, (_, index) => eventOf(`offer/${index}`));
    const outcomes = await Promise.all([...events, ...events].map((event) => consumers.consumeTogether('mirror', event, shared)));
    assert.deepEqual([outcomes.filter((outcome) => outcome === 'done').length, await count('public.effect')], [30, 30]);
    assert.deepEqual(sizes, [30]);
    const more = [poison, ...Array.from({ length: 10 }, (_, index) => eventOf(`offer/more-${index}`))];
    const mixed = await Promise.all(more.map((event) => consumers.consumeTogether('mirror', event, shared)));
    assert.deepEqual(mixed, ['dead', ...Array.from({ length: 10 }, () => 'done')]);
    assert.deepEqual([await count('public.effect'), await count('platform.dead_letter')], [40, 1]);
    assert.equal(await consumers.consumeTogether('mirror', events[0] ?? poison, shared, { redelivered: true }), 'duplicate');
  });

  test('lays a poisonous event aside after five attempts, with its reason, while its neighbours pass', async () => {
    let attempts = 0;
    const poison = eventOf('offer/poison');
    const effect: Effect = async (transaction, event) => {
      if (event.id === poison.id) attempts += 1;
      await (event.id === poison.id ? fails : record)(transaction, event);
    };
    const neighbours = Array.from({ length: 30 }, (_, index) => eventOf(`offer/${index}`));
    const outcomes = await Promise.all([poison, ...neighbours].map((event) => consumers.consume('mirror', event, effect)));
    assert.equal(outcomes[0], 'dead');
    assert.equal(attempts, 5);
    assert.equal(await count('public.effect'), 30);
    const { rows } = await fixture.admin.query('select * from platform.dead_letter');
    assert.equal(rows.length, 1);
    assert.equal(rows[0].reason, 'TypeError: This event cannot be handled.');
    assert.equal(rows[0].attempts, 5);
    assert.deepEqual(rows[0].event, poison);
    assert.match(rows[0].stack_hash, /^[0-9a-f]{16}$/);
    assert.equal(await consumers.consume('mirror', poison, effect), 'duplicate');
  });

  test('keeps an event with characters that jsonb refuses as a dead letter too', async () => {
    const event = { ...eventOf('offer/nul'), data: { text: 'a\u0000b' } };
    assert.equal(await consumers.consume('mirror', event, fails), 'dead');
    const { rows } = await fixture.admin.query('select event, received from platform.dead_letter');
    assert.equal(rows[0].event, null);
    assert.deepEqual(JSON.parse(rows[0].received), event);
  });

  test('waits, without counting, while the database is away', async () => {
    let attempts = 0;
    const effect: Effect = async (transaction, event) => {
      attempts += 1;
      if (attempts < 4)
        await fixture.admin.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
        );
      await record(transaction, event);
    };
    const patient = openConsumers({ database: fixture.database, waits: [] });
    assert.equal(await patient.consume('mirror', eventOf('offer/1'), effect), 'done');
    assert.equal(attempts, 4);
    assert.equal(await count('public.effect'), 1);
  });

  test('an event of metadata that are not known yet waits, without counting, and holds up no other', async () => {
    let known = 1;
    let asked = 0;
    const later = openConsumers({
      database: fixture.database,
      parallel: 1,
      waits: [],
      ready: async ({ metadataversion }) => {
        if (metadataversion > known) asked += 1;
        if (metadataversion > known) throw new Refusal('schema_behind', 'The metadata are not known yet.');
      },
    });
    const waiting = later.consume('mirror', { ...eventOf('offer/1'), metadataversion: 2 }, record);
    await until(() => asked >= 3);
    assert.equal(later.waiting().events, 1);
    assert.ok(later.waiting().seconds > 0.1);
    assert.equal(await later.consume('mirror', eventOf('offer/2'), record), 'done');
    assert.equal(await count('public.effect'), 1);
    known = 2;
    assert.equal(await waiting, 'done');
    assert.deepEqual(later.waiting(), { events: 0, seconds: 0 });
    assert.equal(await count('platform.dead_letter'), 0);
  });
});

describe('consumer behind a bus', () => {
  test('an event that needs a later one of its subject lets it pass', async () => {
    const [credited, issued] = [eventOf('invoice/1'), eventOf('invoice/1')];
    const bus = openPostgresBus();
    const order: string[] = [];
    const effect: Effect = async (transaction, event) => {
      if (event.id === credited.id && (await count('public.effect')) === 0) throw new Error('The invoice is not known yet.');
      await record(transaction, event);
      order.push(event.id);
    };
    await bus.subscribe({
      consumer: 'orders',
      patterns: ['offers.*'],
      handle: async (event, delivery) => void (await consumers.consume('orders', event, effect, delivery)),
      reject: async () => undefined,
    });
    await bus.publish([credited, issued]);
    assert.deepEqual(order, [issued.id, credited.id]);
    assert.equal(await count('platform.dead_letter'), 0);
    await bus.stop();
  });

  test('events travel from the outbox through the bus: published twice, handled once, in order per subject', async () => {
    const bus = openPostgresBus();
    await bus.subscribe({
      consumer: 'orders',
      patterns: ['offers.*'],
      handle: async (event, delivery) => void (await consumers.consume('orders', event, record, delivery)),
      reject: async () => undefined,
    });
    const twice = {
      publish: async (events: readonly PlatformEvent[]) => {
        await bus.publish(events);
        await bus.publish(events);
      },
    };
    const relay = startRelay({ database: fixture.database, module: 'offers', bus: twice });
    for (let round = 0; round < 20; round += 1) await emit(fixture.admin, ['offer/a', 'offer/b', 'offer/c', 'offer/a']);
    await until(async () => (await count('public.effect')) === 80 && (await relay.lag()).events === 0);
    const { rows } = await fixture.admin
      .query(`select consumer, array_agg(position order by at) = array_agg(position order by position) as kept
      from public.effect join platform.outbox using (id) group by consumer`);
    assert.deepEqual(
      rows.map((row) => row.kept),
      [true, true, true],
    );
    await relay.stop();
    await bus.stop();
  });
});

describe('consumers behind a bus that has many events at once', () => {
  test('take them together, in the order of each subject; when that fails, each comes alone', async () => {
    const bus = openPostgresBus();
    const sizes: number[] = [];
    const poison = eventOf('offer/poison');
    const shared: SharedEffect = async (transaction, events) => {
      sizes.push(events.length);
      for (const event of events) await (event.id === poison.id ? fails : record)(transaction, event);
    };
    await bus.subscribe({
      consumer: 'mirror',
      patterns: ['offers.*'],
      handle: async (event, delivery) => void (await consumers.consumeTogether('mirror', event, shared, delivery)),
      together: { takes: ({ subject }) => subject !== 'offer/alone', handle: (events) => consumers.consumeMany('mirror', events, shared) },
      reject: async () => undefined,
    });
    const subjects = ['offer/1', 'offer/2', 'offer/alone', 'offer/1', 'offer/3'];
    const events = subjects.map((subject) => eventOf(subject));
    await bus.publish(events);
    assert.deepEqual(new Set(sizes), new Set([4, 1]));
    const { rows } = await fixture.admin.query("select id from public.effect where consumer = 'offer/1' order by at");
    assert.deepEqual(
      rows.map(({ id }) => id),
      [events[0]?.id, events[3]?.id],
    );
    await bus.publish([eventOf('offer/4'), poison, eventOf('offer/5')]);
    assert.deepEqual([await count('public.effect'), await count('platform.dead_letter')], [7, 1]);
    await bus.publish(events, { redelivered: true });
    assert.equal(await count('public.effect'), 7);
    await bus.stop();
  });
});
