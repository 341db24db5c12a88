import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setUp, type Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { freePort } from '#tests/support/ports.ts';
import { pidOf } from './pid-of.ts';
import { endAll, isAlive, startTessera, untilGone, type Started } from './process.ts';
import { openSurroundings, skip, type Surroundings } from './surroundings.ts';

/** Of the eleven so many as the sentences here need. */
const CHOSEN = ['platform', 'customers', 'offers'] as const;

describe('Services in processes of their own behind the gateway', { skip }, () => {
  let surroundings: Surroundings;
  let gateway: Started;
  let url = '';
  let admin: Client;
  const pids = (): number[] => CHOSEN.map((name) => pidOf(surroundings.urlOf(name)));
  const start = async (): Promise<string> => {
    gateway = startTessera(['--services', ...CHOSEN], { ...surroundings.environment, PORT: new URL(url).port });
    return gateway.ready;
  };
  before(async () => {
    surroundings = await openSurroundings();
    url = `http://127.0.0.1:${await freePort()}`;
    admin = await setUp(url, (await start()).replace('localhost', '127.0.0.1'));
  });
  after(async () => {
    await endAll();
    await surroundings.cleanUp();
  });

  test('it prints one line with the link to open', () => {
    assert.match(gateway.said(), /^Tessera is ready after [\d.]+ s: http:\/\/localhost:\d+\/setup\?token=\S+\n$/);
  });

  test('every service answers at its own port and through the gateway, and the core serves the screens', async () => {
    for (const name of CHOSEN) {
      assert.equal((await fetch(`${surroundings.urlOf(name)}/healthz`)).status, 200, name);
      const through = await admin.get(`/api/${name}/nothing-here`);
      assert.equal(through.status, 404, name);
      assert.equal(through.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    }
    assert.match(await (await fetch(`${url}/`)).text(), /<title>Tessera/);
    assert.equal((await fetch(`${url}/readyz`)).status, 200);
  });

  test('a service that is killed is away for a moment and then there again; the others do not notice', async () => {
    const killed = pidOf(surroundings.urlOf('offers'));
    process.kill(killed, 'SIGKILL');
    assert.equal((await admin.post('/api/customers/customers', { name: 'While offers are away' })).status, 201);
    await eventually('offers', async () => (await admin.get('/api/offers/offers')).status === 200, 20);
    assert.notEqual(pidOf(surroundings.urlOf('offers')), killed);
    assert.match(gateway.said(), /The service offers has ended \(SIGKILL\) and is started again\./);
  });

  test('when the gateway is killed no service stays behind', async () => {
    const children = pids();
    assert.ok(children.every((pid) => pid > 0 && isAlive(pid)));
    process.kill(gateway.pid, 'SIGKILL');
    await untilGone(children, 20);
  });

  test('Ctrl-C ends all of it with 0 and leaves nothing', async () => {
    await start();
    assert.equal((await admin.get('/api/customers/customers?filter[name]=While offers are away')).body.items.length, 1);
    const children = pids();
    assert.equal(await gateway.end('SIGINT'), 0);
    assert.deepEqual(children.filter(isAlive), []);
  });
});

describe('What cannot start says in a sentence why', { skip }, () => {
  let surroundings: Surroundings;
  before(async () => {
    surroundings = await openSurroundings();
  });
  after(endAll);

  const refusals: readonly (readonly [
    what: string,
    parameters: readonly string[],
    environment: Record<string, string>,
    sentence: RegExp,
  ])[] = [
    ['without RabbitMQ', ['--services'], { RABBITMQ_URL: '' }, /^RABBITMQ_URL is missing: .+\n$/],
    [
      'with a PostgreSQL that is not there',
      ['--services'],
      { DATABASE_URL: 'postgres://root@127.0.0.1:1/postgres' },
      /^No PostgreSQL answers .+\n$/,
    ],
    ['alone without the secret', ['--service', 'offers'], { TESSERA_SECRET: '' }, /^TESSERA_SECRET .+\n$/],
  ];
  for (const [what, parameters, environment, sentence] of refusals) {
    test(what, async () => {
      const started = startTessera(parameters, { ...surroundings.environment, PORT: String(await freePort()), ...environment });
      assert.equal(await started.ended, 1);
      assert.match(started.said(), sentence);
    });
  }

  test('with a port that is taken, the own one or that of a service', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address();
    const port = String(typeof address === 'object' ? address?.port : '');
    for (const environment of [{ PORT: port }, { PORT: String(await freePort()), PLATFORM_URL: `http://127.0.0.1:${port}` }]) {
      const started = startTessera(['--services', ...CHOSEN], { ...surroundings.environment, ...environment });
      assert.equal(await started.ended, 1);
      assert.match(started.said(), new RegExp(`^Port ${port} is taken\\. .+\\n$`));
    }
    taken.close();
    await surroundings.cleanUp();
  });
});
