import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Caller } from '#platform/kernel/caller.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { permissionsOf } from '#platform/kernel/permissions.ts';
import { openConsumers, type Consumers, type Effect } from './consumer.ts';
import { deadLetterRoutes } from './dead-letter-routes.ts';
import { discardDeadLetter, fixDeadLetter, getDeadLetter, listDeadLetters } from './dead-letters.ts';
import { createFixture, eventOf, type Fixture } from './fixture.ts';
import { replayDeadLetter, replayDeadLetters, type Replayer } from './replay.ts';

let fixture: Fixture;
let consumers: Consumers;
let isRepaired = false;

const effect: Effect = async (transaction, event) => {
  if (!isRepaired && event.data['amount'] !== 1) throw new Error('There is no amount.');
  await transaction.query({
    text: 'insert into public.effect (id, consumer) values ($1, $2)',
    values: [event.id, event.subject],
  });
};
/** The data that stand elsewhere are always the same. */
const whole = async ({ dataref, ...event }: PlatformEvent): Promise<PlatformEvent> =>
  dataref === undefined ? event : { ...event, data: { amount: 1 } };
const replayer: Replayer = {
  effectOf: (consumer) => (consumer === 'orders/book' ? effect : undefined),
  whole,
  deliver: async (event) => void (await consumers.consume('orders/book', event, effect)),
};
const scope = () => ({ database: fixture.database, replayer, by: 'user:1' });

before(async () => {
  fixture = await createFixture('dead_letters');
});
after(() => fixture.drop());
beforeEach(async () => {
  isRepaired = false;
  await fixture.admin.query('truncate platform.inbox, platform.attempt, platform.dead_letter, public.effect');
  consumers = openConsumers({ database: fixture.database, waits: [] });
});

async function dead(count: number): Promise<readonly PlatformEvent[]> {
  const events = Array.from({ length: count }, (_, index) => eventOf(`offer/${index}`));
  for (const event of events) assert.equal(await consumers.consume('orders/book', event, effect), 'dead');
  return events;
}

async function effects(): Promise<number> {
  return Number((await fixture.admin.query('select count(*) from public.effect')).rows[0].count);
}

async function firstId(): Promise<string> {
  return (await listDeadLetters(fixture.database)).items[0]?.id ?? '';
}

describe('dead letters', () => {
  test('are listed newest first, by pages and filters', async () => {
    await dead(5);
    const page = await listDeadLetters(fixture.database, { limit: 2 });
    assert.equal(page.items.length, 2);
    const rest = await listDeadLetters(fixture.database, { limit: 5, cursor: page.next ?? '' });
    assert.equal(rest.items.length, 3);
    assert.equal(rest.next, null);
    assert.equal(new Set([...page.items, ...rest.items].map((letter) => letter.id)).size, 5);
    assert.equal(new Set([...page.items, ...rest.items].map((letter) => letter.stackHash)).size, 1);
    assert.equal((await listDeadLetters(fixture.database, { type: 'Other' })).items.length, 0);
    assert.equal((await listDeadLetters(fixture.database, { consumer: 'orders/book', type: 'OfferCreated' })).items.length, 5);
    await assert.rejects(listDeadLetters(fixture.database, { cursor: `' or true` }), { code: 'malformed_request' });
  });

  test('of large events stay small, and their replay has the data', async () => {
    const event = { ...eventOf('offer/large'), dataref: '/api/offers/internal/events/1' };
    assert.equal(await consumers.consume('orders/book', event, effect), 'dead');
    const letter = await replayDeadLetter(scope(), await firstId());
    assert.equal(letter.state, 'replayed');
    assert.deepEqual(letter.event, event);
    assert.equal(await effects(), 1);
  });

  test('a replay runs the effect once, also when twenty ask for it at once', async () => {
    await dead(1);
    isRepaired = true;
    const id = await firstId();
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => replayDeadLetter(scope(), id)));
    assert.ok(answers.filter((answer) => answer.status === 'fulfilled').length >= 1);
    assert.equal(await effects(), 1);
    const letter = await getDeadLetter(fixture.database, id);
    assert.equal(letter.state, 'replayed');
    assert.equal(letter.resolvedBy, 'user:1');
    await assert.rejects(replayDeadLetter(scope(), id), { code: 'wrong_state' });
  });

  test('a letter that fails three replays must be fixed first; fixed, it is handled', async () => {
    const [event] = await dead(1);
    const id = await firstId();
    for (let replay = 0; replay < 3; replay += 1) await assert.rejects(replayDeadLetter(scope(), id), { code: 'conflict' });
    isRepaired = true;
    await assert.rejects(replayDeadLetter(scope(), id), { code: 'limit_reached' });
    isRepaired = false;
    await assert.rejects(fixDeadLetter(fixture.database, id, { ...event, id: randomUUID() }), {
      code: 'invalid_value',
    });
    await assert.rejects(fixDeadLetter(fixture.database, id, { ...event, type: 7 }), { code: 'invalid_value' });
    await fixDeadLetter(fixture.database, id, { ...event, data: { amount: 1 } });
    assert.equal((await replayDeadLetter(scope(), id)).state, 'replayed');
    assert.equal(await effects(), 1);
  });

  test('all that a filter matches are replayed, each once, and those that fail again stay open', async () => {
    await dead(20);
    const letters = (await listDeadLetters(fixture.database)).items;
    for (const letter of letters.slice(0, 12)) {
      const event = eventOf('offer/fixed', JSON.parse(letter.received).id);
      await fixDeadLetter(fixture.database, letter.id, { ...event, data: { amount: 1 } });
    }
    const both = await Promise.all([replayDeadLetters(scope(), {}), replayDeadLetters(scope(), {})]);
    assert.equal(both[0].replayed + both[1].replayed, 12);
    assert.equal(await effects(), 12);
    assert.equal((await listDeadLetters(fixture.database)).items.length, 8);
  });

  test('what was no event can be read, made one, and is then handled by those who have not seen it', async () => {
    await consumers.reject('orders', {
      body: '{"half":',
      reason: 'It is no JSON.',
      headers: { routingKey: 'offers.OfferCreated' },
    });
    const id = await firstId();
    assert.equal((await getDeadLetter(fixture.database, id)).received, '{"half":');
    await assert.rejects(replayDeadLetter(scope(), id), { code: 'wrong_state' });
    await fixDeadLetter(fixture.database, id, { ...eventOf('offer/1'), data: { amount: 1 } });
    await replayDeadLetter(scope(), id);
    assert.equal(await effects(), 1);
  });

  test('discarding closes a letter', async () => {
    await dead(1);
    const id = await firstId();
    assert.equal((await discardDeadLetter(fixture.database, id, 'user:2')).state, 'discarded');
    isRepaired = true;
    await assert.rejects(replayDeadLetter(scope(), id), { code: 'wrong_state' });
    await assert.rejects(discardDeadLetter(fixture.database, randomUUID(), 'user:2'), { code: 'not_found' });
  });
});

describe('dead letters through the API', () => {
  test('the calls are for administrators', async () => {
    await dead(2);
    const routes = deadLetterRoutes({ database: fixture.database, replayer, wake: () => undefined });
    const call = (
      roles: string[],
      method: string,
      path: string,
      request: { params?: { id: string }; query?: Record<string, string>; body?: unknown } = {},
    ) => {
      const caller: Caller = {
        kind: 'user',
        actor: 'user:9',
        name: 'N',
        roles,
        teamIds: [],
        language: 'en',
        timeZone: 'UTC',
        permissions: permissionsOf(roles),
      };
      const route = routes.find((candidate) => candidate.method === method && candidate.path === path);
      assert.ok(route);
      return route.handler({
        caller,
        params: request.params ?? {},
        query: request.query ?? {},
        headers: {},
        body: request.body,
      });
    };
    for (const route of routes) assert.equal(route.access, 'administrator', `${route.method} ${route.path}`);
    await assert.rejects(call(['administrator'], 'GET', '/dead-letters', { query: { colour: 'red' } }), {
      code: 'unknown_name',
    });
    isRepaired = true;
    const id = await firstId();
    assert.equal((await call(['administrator'], 'POST', '/dead-letters/:id/actions/replay', { params: { id } })).status, 200);
    assert.deepEqual((await call(['administrator'], 'POST', '/dead-letters/actions/replay', { body: { type: 'OfferCreated' } })).body, {
      replayed: 1,
      failed: 0,
    });
    assert.equal((await getDeadLetter(fixture.database, id)).resolvedBy, 'user:9');
  });
});
