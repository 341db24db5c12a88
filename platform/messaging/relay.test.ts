import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { createFixture, emit, until, type Fixture } from './fixture.ts';
import { outboxSince, rereadOutbox } from './outbox.ts';
import { startRelay, type Relay, type RelayOptions } from './relay.ts';

let fixture: Fixture;
let relays: Relay[] = [];
let published: PlatformEvent[] = [];

before(async () => {
  fixture = await createFixture('relay');
});
after(() => fixture.drop());
beforeEach(async () => {
  await Promise.all(relays.map((relay) => relay.stop()));
  relays = [];
  published = [];
  await fixture.admin.query('truncate platform.outbox, platform.relay');
});

const subjects = (): string[] => published.map((event) => event.subject);

function start(options: Partial<RelayOptions> = {}): Relay {
  const publish = async (events: readonly PlatformEvent[]): Promise<void> => void published.push(...events);
  const relay = startRelay({ database: fixture.database, module: 'offers', bus: { publish }, standby: 50, ...options });
  relays.push(relay);
  return relay;
}

describe('what has been published, read again', () => {
  test('begins before a time, whatever gaps the positions have, and ends where the outbox ended', async () => {
    await emit(
      fixture.admin,
      Array.from({ length: 400 }, (_, nth) => `offer/${nth}`),
    );
    await fixture.admin.query(
      `update platform.outbox set time = '2026-01-01T00:00:00Z'::timestamptz + (position - (select min(position) from platform.outbox)) * interval '1 hour'`,
    );
    await fixture.admin.query(
      `delete from platform.outbox where subject in ('offer/57', 'offer/58', 'offer/59') or subject like 'offer/1__'`,
    );
    for (const [since, first] of [
      ['2025-01-01T00:00:00Z', 'offer/0'],
      ['2026-01-03T09:00:00Z', 'offer/60'],
      ['2026-01-11T04:00:00Z', 'offer/244'],
    ] as const) {
      const range = await outboxSince(fixture.database, since);
      await emit(fixture.admin, ['offer/later']);
      const { events } = await rereadOutbox(fixture.database, { ...range, limit: 1_000 }, 'offers');
      assert.deepEqual([events[0]?.subject, events.at(-1)?.subject], [first, 'offer/399']);
      await fixture.admin.query(`delete from platform.outbox where subject = 'offer/later'`);
    }
    const none = await outboxSince(fixture.database, '2027-01-01T00:00:00Z');
    assert.deepEqual(await rereadOutbox(fixture.database, { ...none, limit: 10 }, 'offers'), { events: [], next: null });
  });
});

/** A transaction that has begun to write, in the fixture's database or in another one of the same server. */
async function openTransaction(database: string): Promise<pg.Client> {
  const url = new URL(fixture.url);
  url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query('begin');
  await client.query('select pg_current_xact_id()');
  return client;
}

describe('relay of a record that two transactions write', () => {
  test('keeps the order of a record whose later version was written by the older transaction', async () => {
    start();
    const [older, hold, younger] = [await fixture.admin.connect(), await fixture.admin.connect(), await fixture.admin.connect()];
    for (const client of [older, hold, younger]) {
      await client.query('begin');
      await client.query('select pg_current_xact_id()');
    }
    await emit(younger, ['offer/x'], 'First');
    await younger.query('commit');
    await emit(older, ['offer/x'], 'Second');
    await older.query('commit');
    await until(() => published.length >= 2);
    assert.deepEqual(
      published.slice(0, 2).map((event) => event.type),
      ['First', 'Second'],
    );
    await hold.query('commit');
    for (const client of [older, hold, younger]) client.release();
    await until(() => published.length === 3);
    assert.equal(published[2]?.id, published[0]?.id);
  });

  test('keeps it also where the window of the older transaction takes several pages', async () => {
    const [older, hold, younger] = [await fixture.admin.connect(), await fixture.admin.connect(), await fixture.admin.connect()];
    for (const client of [older, hold, younger]) {
      await client.query('begin');
      await client.query('select pg_current_xact_id()');
    }
    await emit(older, ['offer/a', 'offer/b', 'offer/c']);
    await emit(younger, ['offer/x'], 'First');
    await younger.query('commit');
    await emit(older, ['offer/x'], 'Second');
    await older.query('commit');
    start({ batch: 1 });
    await emit(fixture.admin, ['offer/x'], 'Third');
    await until(() => published.length >= 5);
    assert.deepEqual(
      published.slice(0, 5).map((event) => (event.subject === 'offer/x' ? event.type : event.subject)),
      ['offer/a', 'offer/b', 'offer/c', 'First', 'Second'],
    );
    await hold.query('commit');
    for (const client of [older, hold, younger]) client.release();
    await until(() => published.length === 7);
    assert.deepEqual(
      published.slice(5).map((event) => event.type),
      ['First', 'Third'],
    );
  });
});

describe('relay beside long transactions', () => {
  test('waits for those of its own database and for no others', async () => {
    const [foreign, own] = [await openTransaction('postgres'), await openTransaction(fixture.name)];
    start();
    await emit(fixture.admin, ['offer/1']);
    await pause(1_500);
    assert.deepEqual(subjects(), []);
    await own.query('commit');
    await until(() => published.length === 1);
    await emit(fixture.admin, ['offer/2']);
    await until(() => published.length === 2);
    await foreign.query('commit');
    await emit(fixture.admin, ['offer/3']);
    await until(() => published.length === 3);
    assert.deepEqual(subjects(), ['offer/1', 'offer/2', 'offer/3']);
    await Promise.all([own.end(), foreign.end()]);
  });
});

describe('relay', () => {
  test('publishes what is in the outbox, in order, once, as CloudEvents', async () => {
    await emit(fixture.admin, ['offer/1', 'offer/2', 'offer/3']);
    const relay = start();
    await until(() => published.length === 3);
    assert.deepEqual(subjects(), ['offer/1', 'offer/2', 'offer/3']);
    assert.equal(published[0]?.source, '/offers');
    assert.deepEqual(published[0]?.data, { n: 1 });
    assert.match(published[0]?.time ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    await relay.stop();
    start();
    await emit(fixture.admin, ['offer/4']);
    await until(() => published.length === 4);
    assert.equal(subjects()[3], 'offer/4');
  });

  test('leaves data of more than 256 KB where they are, however small they are in store', async () => {
    for (const [subject, text] of [
      ['offer/large', `repeat('x', 300000)`],
      ['offer/small', `repeat('x', 200000)`],
      ['offer/random', `(select string_agg(md5(n::text), '') from generate_series(1, 9000) as n)`],
    ])
      await fixture.admin.query(
        `insert into platform.outbox (id, type, subject, actor, correlation_id, object_version, metadata_version, data)
          values (gen_random_uuid(), 'OfferCreated', $1, 'user:1', 'c-1', 1, 1, jsonb_build_object('text', ${text}))`,
        [subject],
      );
    start();
    await until(() => published.length === 3);
    const sizes = published.map(({ data, dataref }) => [JSON.stringify(data).length, dataref?.replace(/\d+$/, '')]);
    assert.deepEqual(sizes, [
      [2, '/api/offers/internal/events/'],
      [200_011, undefined],
      [2, '/api/offers/internal/events/'],
    ]);
  });

  test('does not pass a slow transaction by, as a cursor by position does', async () => {
    start();
    const seenByPosition = new Set<string>();
    let naive = 0n;
    const readByPosition = async (): Promise<void> => {
      const { rows } = await fixture.admin.query('select position, subject from platform.outbox where position > $1 order by position', [
        String(naive),
      ]);
      for (const row of rows) seenByPosition.add(row.subject);
      naive = BigInt(rows.at(-1)?.position ?? naive);
    };
    const slow = await fixture.admin.connect();
    await slow.query('begin');
    await emit(slow, ['offer/slow']);
    await emit(fixture.admin, ['offer/fast']);
    await readByPosition();
    await slow.query('commit');
    slow.release();
    await readByPosition();
    await until(() => published.length >= 2);
    assert.deepEqual(subjects().sort(), ['offer/fast', 'offer/slow']);
    assert.equal(seenByPosition.has('offer/slow'), false);
  });

  test('publishes again what was not confirmed, from the first unconfirmed event on', async () => {
    let refused = 0;
    const publish = async (events: readonly PlatformEvent[]): Promise<void> => {
      if (events.some((event) => event.subject === 'offer/3') && refused < 2) {
        refused += 1;
        throw new Error('The bus is away.');
      }
      published.push(...events);
    };
    start({ bus: { publish }, batch: 2 });
    await emit(fixture.admin, ['offer/1', 'offer/2', 'offer/3', 'offer/4', 'offer/5']);
    await until(() => new Set(subjects()).size === 5);
    assert.equal(refused, 2);
    const firsts = [...new Map(published.map((event) => [event.id, event.subject])).values()];
    assert.deepEqual([...firsts].sort(), ['offer/1', 'offer/2', 'offer/3', 'offer/4', 'offer/5']);
    assert.equal(subjects().filter((subject) => subject === 'offer/1').length, 1);
  });

  test('says how far behind it is', async () => {
    const relay = start({ bus: { publish: () => Promise.reject(new Error('away')) } });
    await emit(fixture.admin, ['offer/1', 'offer/2']);
    const lag = await relay.lag();
    assert.equal(lag.events, 2);
    assert.ok(lag.seconds < 60);
    await relay.stop();
    relays = [];
    const next = start();
    await until(async () => (await next.lag()).events === 0);
  });
});

describe('two relays of one outbox', () => {
  test('of two relays one is active; when its connection dies the other takes over and nothing is lost', async () => {
    const [first, second] = [start(), start()];
    await until(() => first.active() || second.active());
    const bulk = Array.from({ length: 3_000 }, (_, index) => `offer/${index}`);
    const writing = (async () => {
      for (let at = 0; at < bulk.length; at += 100) await emit(fixture.admin, bulk.slice(at, at + 100));
    })();
    await until(() => published.length > 500);
    const holder = first.active() ? first : second;
    assert.notEqual(first.active(), second.active());
    const other = holder === first ? second : first;
    await holder.stop();
    await until(() => other.active());
    await writing;
    await until(() => new Set(subjects()).size === 3_000);
    await fixture.admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like '% session'`,
    );
    await emit(fixture.admin, ['offer/last']);
    await until(() => subjects().includes('offer/last'));
  });

  test('wakes at once, also through a replica that stands by, though it would not have looked for long', async () => {
    const [first, second] = [start({ idle: 60_000 }), start({ idle: 60_000 })];
    await until(() => first.active() || second.active());
    const [active, standby] = first.active() ? [first, second] : [second, first];
    const latency = async (relay: Relay): Promise<number> => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const count = published.length;
      await emit(fixture.admin, ['offer/now']);
      const begun = performance.now();
      relay.wake();
      await until(() => published.length > count);
      return performance.now() - begun;
    };
    // The best of some: a machine that does much else may be late once.
    const best = async (relay: Relay): Promise<number> => Math.min(await latency(relay), await latency(relay), await latency(relay));
    assert.ok((await best(active)) < 150);
    assert.ok((await best(standby)) < 250);
  });
});
