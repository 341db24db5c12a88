import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setUp, type Answer, type Client } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { freePort } from '#tests/support/ports.ts';
import { pidOf } from './pid-of.ts';
import { endAll, startTessera, type Started } from './process.ts';
import { openSurroundings, skip, type Surroundings } from './surroundings.ts';

const CHOSEN = ['platform', 'customers'] as const;

describe('A service that is told to end while it is used', { skip }, () => {
  let surroundings: Surroundings;
  let gateway: Started;
  let admin: Client;
  before(async () => {
    surroundings = await openSurroundings();
    const url = `http://127.0.0.1:${await freePort()}`;
    gateway = startTessera(['--services', ...CHOSEN], { ...surroundings.environment, PORT: new URL(url).port });
    admin = await setUp(url, (await gateway.ready).replace('localhost', '127.0.0.1'));
    await eventually('customers', async () => (await admin.get('/api/customers/customers')).status === 200, 60);
  });
  after(async () => {
    await endAll();
    await surroundings.cleanUp();
  });

  test('SIGTERM under load: every request is answered with success, and nothing that was acknowledged is lost', async () => {
    const answers: Answer[] = [];
    let isOver = false;
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let round = 0; !isOver; round += 1)
        answers.push(await admin.post('/api/customers/customers', { name: `Customer ${writer}.${round}` }));
    });
    for (let restart = 0; restart < 2; restart += 1) {
      const pid = pidOf(surroundings.urlOf('customers'));
      const earlier = answers.length;
      process.kill(pid, 'SIGTERM');
      await eventually('another process', async () => ![0, pid].includes(pidOf(surroundings.urlOf('customers'))), 60);
      await eventually('writes go on', async () => answers.length > earlier + 30, 60);
    }
    isOver = true;
    await Promise.all(writers);
    const refused = answers.filter((answer) => answer.status !== 201 && !isBusy(answer)).map(({ status, body }) => [status, body]);
    assert.deepEqual(refused, []);
    assert.match(gateway.said(), /The service customers has ended \(0\) and is started again\./);
    const { body } = await admin.get('/api/customers/customers?count=exact&limit=1');
    assert.ok(body.count >= answers.filter(({ status }) => status === 201).length);
  });

  test('Ctrl-C while writers write ends with 0; a second start has all that was acknowledged', async () => {
    const made: string[] = [];
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let round = 0; ; round += 1) {
        const answer = await admin.post('/api/customers/customers', { name: `Last ${writer}.${round}` }).catch(() => null);
        if (answer === null) return;
        if (answer.status === 201) made.push(answer.body.id);
        else assert.ok(isBusy(answer), JSON.stringify(answer.body));
      }
    });
    await eventually('writes', async () => made.length > 20);
    assert.equal(await gateway.end('SIGINT'), 0);
    await Promise.all(writers);
    const kept = await surroundings.query('customers', 'select count(*) from records.customer where id = any($1::uuid[])', [made]);
    assert.equal(Number(kept[0]?.['count']), made.length);
  });
});

/** A machine so busy that PostgreSQL takes no connection in time: the caller is told to come again, and nothing is written. */
function isBusy({ status, body }: Answer): boolean {
  return status === 503 && body.code === 'database_unreachable';
}
