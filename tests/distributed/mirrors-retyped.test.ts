import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '#platform/kernel/services.ts';
import { clientOf, setUp, type Answer, type Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { endAll, startTessera, type Started } from './process.ts';
import { openSurroundings, skip, type Surroundings } from './surroundings.ts';

const NAMES = ['platform', 'customers', 'offers'] as const;
const DEPOTS = '/api/customers/depots';
const VISITS = '/api/offers/visits';
const OBJECT = '/api/platform/objects/depot';
const COUNT = 40;

/** Texts that are numbers, as people write them. */
const written = (at: number): string => (at % 4 === 0 ? `00${at}` : at % 4 === 1 ? ` ${at}.5 ` : String(at));

let surroundings: Surroundings;
let token = '';
const started = new Map<ServiceName, Started>();
const at = (service: ServiceName): Client => clientOf(surroundings.urlOf(service), token);
const start = async (service: ServiceName): Promise<string> => {
  const one = startTessera([], { ...surroundings.of(service), SERVICE: service });
  started.set(service, one);
  return one.ready;
};
const field = async (): Promise<Answer['body']> =>
  (await at('platform').get(OBJECT)).body.fields.find((one: { name: string }) => one.name === 'size');
const change = async (set: object): Promise<Answer> => {
  const answer = await at('platform').patch(`${OBJECT}/fields/size`, set);
  assert.ok([200, 201, 202].includes(answer.status), JSON.stringify(answer.body));
  return answer;
};
const becomes = (type: string): Promise<unknown> =>
  eventually(
    `a size of type ${type}`,
    async () => {
      const { type: now, retype } = await field();
      return now === type && retype === undefined;
    },
    120,
  );
const newest = async (): Promise<number> => (await at('platform').get('/api/platform/changes?limit=1')).body.items[0].version;
const sizesOf = async (service: 'customers' | 'offers'): Promise<Readonly<Record<string, unknown>>> => {
  const path = service === 'customers' ? `${DEPOTS}?fields=name,size&limit=200` : `${VISITS}?fields=depot.name,depot.size&limit=200`;
  const { items } = (await at(service).get(path)).body;
  const depots: readonly Answer['body'][] = items.map((item: Answer['body']) => (service === 'customers' ? item : item.depot));
  return Object.fromEntries(depots.map(({ name, size }) => [name, size]));
};
/** What offers show of depots is what customers have. */
const areSame = async (seconds = 60): Promise<Readonly<Record<string, unknown>>> => {
  const look = async () => {
    const [theirs, ours] = [await sizesOf('customers'), await sizesOf('offers')];
    for (const [name, size] of Object.entries(ours)) if (size !== theirs[name]) return false;
    return Object.keys(ours).length >= COUNT && ours;
  };
  return eventually('the copies to be what their owner has', look, seconds);
};

before(async () => {
  if (skip) return;
  surroundings = await openSurroundings();
  const [link] = await Promise.all(NAMES.map(start));
  token = (await setUp(surroundings.urlOf('platform'), link ?? '')).token;
  const text = (name: string) => ({ name, type: 'text' });
  const depot = { name: 'depot', module: 'customers', label: 'Depot', titleField: 'name', fields: [text('name'), text('size')] };
  assert.equal((await at('platform').post('/api/platform/objects', depot)).status, 201);
  const lookup = { name: 'depot', type: 'lookup', target: 'depot', mirror: ['size'] };
  const visit = { name: 'visit', module: 'offers', label: 'Visit', titleField: 'name', fields: [text('name'), lookup] };
  assert.equal((await at('platform').post('/api/platform/objects', visit)).status, 201);
  await eventually('the depots', async () => (await at('customers').get(DEPOTS)).status === 200, 60);
  await eventually('the visits', async () => (await at('offers').get(VISITS)).status === 200, 60);
  for (let one = 0; one < COUNT; one += 1) {
    const made = await at('customers').post(DEPOTS, { name: `D${one}`, size: written(one) });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const seen = await at('offers').post(VISITS, { name: `V${one}`, depotId: made.body.id });
    assert.equal(seen.status, 201, JSON.stringify(seen.body));
  }
  await areSame();
});
after(async () => {
  await endAll();
  await surroundings?.cleanUp();
});

describe('A field that another service keeps copies of is given another type', { skip }, () => {
  test('while people write: a copy is there at every moment, and in the end all are what their owner has; taken back, the texts of then', async () => {
    const { items } = (await at('customers').get(`${DEPOTS}?fields=id,name&limit=200`)).body;
    const ids = new Map<string, string>(items.map(({ id, name }: Answer['body']) => [name, id]));
    const stop = new AbortController();
    const gaps: unknown[] = [];
    const refused: unknown[] = [];
    const watch = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        const sizes = Object.entries(await sizesOf('offers'));
        gaps.push(...sizes.filter(([, size]) => size === null || size === undefined));
        await sleep(20);
      }
    };
    const write = async (): Promise<void> => {
      for (let round = 0; !stop.signal.aborted; round += 1) {
        const { status, body } = await at('customers').patch(`${DEPOTS}/${ids.get(`D${round % 10}`) ?? ''}`, {
          size: String(100 + (round % 50)),
        });
        // A number is written as text, which a number takes as well.
        if (status !== 200) refused.push(body);
        await sleep(10);
      }
    };
    const busy = [watch(), write(), write()];
    await change({ type: 'decimal', scale: 2 });
    await becomes('decimal');
    const changed = await newest();
    await sleep(2_000);
    stop.abort();
    await Promise.all(busy);
    assert.deepEqual([gaps.slice(0, 3), refused.slice(0, 3)], [[], []]);
    const sizes = await areSame();
    assert.deepEqual([sizes['D12'], sizes['D13']], ['12.00', '13.50']);
    const few = await at('offers').post(`${VISITS}/query`, { filter: { 'depot.size': { gte: '12', lte: '13.5' } }, count: 'exact' });
    assert.equal(few.body.count, 2, JSON.stringify(few.body));

    const undone = await at('platform').post(`/api/platform/changes/${changed}/undo`);
    assert.equal(undone.status, 200, JSON.stringify(undone.body));
    const texts = await eventually('the texts of then', async () => {
      const all = await areSame();
      return all['D12'] === '0012' && all;
    });
    assert.deepEqual([texts['D13'], texts['D14']], ['13.5', '14']);
  });

  test('while the other service is down: what it missed, in whatever order and however often it comes, ends in what the owner has', async () => {
    const { items } = (await at('customers').get(`${DEPOTS}?fields=id,name&limit=200`)).body;
    const sized = async (name: string, size: string): Promise<void> => {
      const id = items.find((one: Answer['body']) => one.name === name)?.id;
      const { status, body } = await at('customers').patch(`${DEPOTS}/${id}`, { size });
      assert.equal(status, 200, JSON.stringify(body));
    };
    assert.equal(await started.get('offers')?.end('SIGKILL'), 'SIGKILL');
    await sized('D20', '0777');
    await change({ type: 'decimal', scale: 2 });
    await becomes('decimal');
    const changed = await newest();
    await sized('D21', '8.25');
    await start('offers');
    const sizes = await areSame();
    assert.deepEqual([sizes['D16'], sizes['D20'], sizes['D21']], ['16.00', '777.00', '8.25']);

    // Everything once more, from before and after the change, as if it had never been heard of.
    await surroundings.query('offers', 'delete from platform.inbox');
    const asked = await at('customers').post('/api/customers/outbox/actions/resend', { since: '2020-01-01T00:00:00Z', consumer: 'offers' });
    assert.equal(asked.status, 202, JSON.stringify(asked.body));
    await eventually('what was sent again', async () => {
      const [row] = await surroundings.query('offers', 'select count(*)::int as count from platform.inbox');
      return Number(row?.['count']) >= COUNT;
    });
    assert.deepEqual(await areSame(), sizes);

    assert.equal(await started.get('offers')?.end('SIGKILL'), 'SIGKILL');
    assert.equal((await at('platform').post(`/api/platform/changes/${changed}/undo`)).status, 200);
    await start('offers');
    const texts = await eventually('the texts of then', async () => {
      const all = await areSame();
      return all['D20'] === '0777' && all;
    });
    assert.deepEqual([texts['D16'], texts['D21']], ['0016', '8.25']);
  });
});
