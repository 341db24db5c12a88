import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientOf, setUp, type Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { needed, rabbitmqUrl, redisUrl } from '#tests/support/services.ts';
import { openTcpProxy, type TcpProxy } from '#tests/support/tcp-proxy.ts';
import { endAll, startTessera } from './process.ts';
import { openSurroundings, skip, type Surroundings } from './surroundings.ts';

const NAMES = ['platform', 'customers', 'offers'] as const;
const PASSWORD = 'correct horse battery staple';
const KEYS = 60;
/** A command to Redis may take 200 ms and is not tried again; the rest is what this machine does beside. */
const SLOWEST = 1_500;

describe('Who is calling, known to three processes', { skip }, () => {
  let surroundings: Surroundings;
  let [redis, broker]: [TcpProxy | null, TcpProxy | null] = [null, null];
  let admin: Client;
  const at = (service: (typeof NAMES)[number], token: string): Client => clientOf(surroundings.urlOf(service), token);
  before(async () => {
    redis = await openTcpProxy(targetOf(needed(redisUrl()), 6379));
    broker = await openTcpProxy(targetOf(needed(rabbitmqUrl()), 5672));
    surroundings = await openSurroundings({ redis: through(needed(redisUrl()), redis) });
    const [link] = await Promise.all(
      NAMES.map((service) => {
        // Customers alone hear of the others through a wire that can be frozen.
        const wire = service === 'customers' && broker ? { RABBITMQ_URL: through(needed(rabbitmqUrl()), broker) } : {};
        return startTessera([], { ...surroundings.of(service), ...wire, SERVICE: service }).ready;
      }),
    );
    admin = await setUp(surroundings.urlOf('platform'), link ?? '');
    for (const name of ['customers', 'offers'] as const)
      await eventually(name, async () => (await at(name, admin.token).get(`/api/${name}/${name}`)).status === 200, 60);
  });
  after(async () => {
    await endAll();
    await redis?.close();
    await broker?.close();
    await surroundings.cleanUp();
  });

  const person = async (role: string): Promise<{ id: string; client: Client; become: (role: string) => Promise<void> }> => {
    const email = `${role}-${Date.now()}@example.com`;
    const { status, body } = await admin.post('/api/platform/users', { name: `The ${role}`, email, password: PASSWORD, roles: [role] });
    assert.equal(status, 201, JSON.stringify(body));
    const session = await at('platform', '').post('/api/platform/session', { email, password: PASSWORD });
    return {
      id: body.id,
      client: at('customers', session.body.token),
      become: async (other) => assert.equal((await admin.patch(`/api/platform/users/${body.id}`, { roles: [other] })).status, 200),
    };
  };
  const mayWrite = async (client: Client): Promise<boolean> => {
    const { status } = await client.post('/api/customers/customers', { name: 'Somebody' });
    assert.ok([201, 403].includes(status), String(status));
    return status === 201;
  };

  test('a role that is taken away is gone in the other processes at once', async () => {
    const { client, become } = await person('sales');
    assert.equal(await mayWrite(client), true);
    await become('viewer');
    await eventually('customers know it', async () => !(await mayWrite(client)), 3);
    await become('sales');
    await eventually('and that it is given back', () => mayWrite(client), 3);
  });

  test('a service that does not hear of it forgets within half a minute', async () => {
    const { client, become } = await person('sales');
    assert.equal(await mayWrite(client), true);
    broker?.freeze();
    await become('viewer');
    const taken = Date.now();
    assert.equal(await mayWrite(client), true, 'it has not heard of it');
    await eventually('it has asked again', async () => !(await mayWrite(client)), 40);
    assert.ok(Date.now() - taken < 31_000, `${Date.now() - taken} ms`);
    broker?.thaw();
  });

  test('Redis that refuses, hangs and comes back costs nobody an answer', async () => {
    const tokens = await Promise.all(
      Array.from({ length: KEYS }, async (_, nth) => {
        const { status, body } = await admin.post('/api/platform/api-keys', { name: `Key ${nth}`, roles: ['manager'] });
        assert.equal(status, 201, JSON.stringify(body));
        return String(body.key);
      }),
    );
    const { become } = await person('sales');
    const load = startLoad(tokens.map((token) => [at('customers', token), at('offers', token)] as const));
    const slowest: number[] = [];
    for (const change of [
      () => redis?.down(true),
      () => redis?.cut(),
      () => redis?.down(false),
      () => redis?.freeze(),
      () => redis?.thaw(),
      () => undefined,
    ]) {
      change();
      for (const role of ['viewer', 'sales']) {
        // Everybody is forgotten, and has to be asked about.
        await become(role);
        await sleep(1_000);
      }
      slowest.push(load.slowest());
    }
    await load.stop();
    assert.deepEqual(load.refused(), []);
    assert.ok(Math.max(...slowest) < SLOWEST, `the slowest answers took ${slowest.join(', ')} ms`);
    await eventually('all connected', async () => {
      const { body } = await at('customers', admin.token).get('/api/customers/readiness');
      return body.checks.find(({ name }: { name: string }) => name === 'cache').state === 'ok';
    });
  });
});

/** Requests of ever other callers: each that a process has forgotten is one more question to Redis. */
function startLoad(callers: readonly (readonly [Client, Client])[]): {
  slowest: () => number;
  refused: () => readonly string[];
  stop: () => Promise<void>;
} {
  let [slowest, next, isOver] = [0, 0, false];
  const refused: string[] = [];
  const run = async (): Promise<void> => {
    while (!isOver) {
      const [customers, offers] = callers[next++ % callers.length] ?? assert.fail();
      for (const ask of [
        () => customers.get('/api/customers/customers?limit=1'),
        () => offers.get('/api/offers/offers?limit=1'),
        () => customers.post('/api/customers/customers', { name: 'While Redis is away' }),
      ]) {
        const began = performance.now();
        const { status, body } = await ask();
        slowest = Math.max(slowest, Math.round(performance.now() - began));
        if (status >= 300) refused.push(`${status} ${JSON.stringify(body)}`);
      }
      await sleep(20);
    }
  };
  const running = Promise.all([run(), run(), run()]);
  return {
    slowest: () => [slowest, (slowest = 0)][0] ?? 0,
    refused: () => refused,
    stop: async () => {
      isOver = true;
      await running;
    },
  };
}

function targetOf(url: string, otherwise: number): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port || otherwise) };
}

function through(url: string, proxy: TcpProxy): string {
  return Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(proxy.port) }).href;
}
