import assert from 'node:assert/strict';
import { chmodSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { clientOf, setUp, signIn } from '#tests/support/client.ts';
import { eventually } from '#tests/support/eventually.ts';
import { ordinaryUser } from './ordinary-user.ts';
import { openFolder, start, tidy } from './process.ts';
import { nothingRunsOn, serverOf } from './server.ts';

const isLinux = process.platform === 'linux' ? false : 'reads /proc, which only Linux has';
const isRoot = process.getuid?.() === 0;

describe('Two commands', { skip: isLinux }, () => {
  after(tidy);
  const home = openFolder();
  const data = join(home, 'data');
  const cluster = join(data, 'postgres');
  const acknowledged: string[] = [];

  test('A first start prints one line with the link to open, and Ctrl-C ends all of it', async () => {
    const tessera = await start({ data });
    const link = await tessera.ready;
    assert.match(link, /^http:\/\/localhost:\d+\/setup\?token=\S+$/);
    assert.equal((await fetch(`${tessera.url}/setup`)).status, 200);
    await setUp(tessera.url, link);
    tessera.signal('SIGINT');
    assert.equal(await tessera.ended, 0);
    assert.equal(tessera.said().trim().split('\n').length, 1, tessera.said());
    await nothingRunsOn(cluster);
  });

  test('Set up, it prints the address alone, and SIGTERM ends all of it', async () => {
    const tessera = await start({ data });
    assert.match(await tessera.ready, /^http:\/\/localhost:\d+$/);
    tessera.signal('SIGTERM');
    assert.equal(await tessera.ended, 0);
    await nothingRunsOn(cluster);
  });

  test('Killed while it writes, it leaves no server behind, and the next start has all that was acknowledged', async () => {
    const tessera = await start({ data });
    await tessera.ready;
    const ada = await signIn(tessera.url);
    const writing = (async () => {
      for (let number = 0; ; number += 1) {
        const { status, body } = await ada.post('/api/customers/customers', { name: `Customer ${number}` });
        if (status === 201) acknowledged.push(body.id);
      }
    })().catch(() => undefined);
    await eventually('thirty customers are saved', async () => acknowledged.length >= 30);
    process.kill(tessera.pid, 'SIGKILL');
    assert.equal(await tessera.ended, 'SIGKILL');
    await writing;
    await nothingRunsOn(cluster);
  });

  test('A PostgreSQL that dies is started again; requests meanwhile are told when to come back', async () => {
    const tessera = await start({ data });
    await tessera.ready;
    const ada = await signIn(tessera.url);
    for (const id of acknowledged) assert.equal((await ada.get(`/api/customers/customers/${id}`)).status, 200);
    process.kill(serverOf(cluster), 'SIGKILL');
    const waiting: { status: number; retryAfter: string | null }[] = [];
    await eventually('customers are served again', async () => {
      const { status, headers } = await ada.get('/api/customers/customers?limit=1');
      if (status !== 200) waiting.push({ status, retryAfter: headers.get('retry-after') });
      return status === 200 && waiting.length > 0;
    });
    for (const { status, retryAfter } of waiting) {
      assert.equal(status, 503);
      assert.match(String(retryAfter), /^\d+$/);
    }
    assert.equal((await ada.post('/api/customers/customers', { name: 'After the fall' })).status, 201);
    tessera.signal('SIGINT');
    assert.equal(await tessera.ended, 0);
    await nothingRunsOn(cluster);
  });

  test('A second start on the same data says so and ends', async () => {
    const first = await start({ data });
    await first.ready;
    const second = await start({ data });
    assert.equal(await second.ended, 1);
    assert.match(
      second.said(),
      /^Tessera is already running on the data in \S+ \(process \d+\)\. Use that one, stop it, or set TESSERA_DATA/,
    );
    assert.equal((await clientOf(first.url, '').get('/healthz')).status, 200);
    first.signal('SIGINT');
    await first.ended;
  });

  test('Of starts at the same moment one wins, also over the lock of one that was killed', async () => {
    const killed = await start({ data });
    await killed.ready;
    process.kill(killed.pid, 'SIGKILL');
    await killed.ended;
    const rivals = await Promise.all([1, 2, 3].map(() => start({ data })));
    const outcomes = await Promise.all(rivals.map((rival) => Promise.race([rival.ready.catch(() => 'lost'), rival.ended])));
    assert.equal(outcomes.filter((outcome) => String(outcome).startsWith('http')).length, 1, rivals.map((rival) => rival.said()).join());
    for (const rival of rivals) if (!rival.said().includes('is ready')) assert.equal(await rival.ended, 1);
  });

  test('Stopped while it starts, it leaves nothing running', async () => {
    const fresh = join(home, 'interrupted');
    const tessera = await start({ data: fresh });
    await eventually('PostgreSQL is being started', async () => serverOf(join(fresh, 'postgres')) > 0, 30).catch(() => undefined);
    tessera.signal('SIGINT');
    await tessera.ended;
    await nothingRunsOn(join(fresh, 'postgres'));
    const again = await start({ data: fresh });
    assert.match(await again.ready, /setup\?token=/);
  });
});

describe('Whoever starts it', { skip: isLinux }, () => {
  after(tidy);

  test(
    'Root in a folder that nobody else may enter: the data lie elsewhere, and the path is printed',
    { skip: !isRoot && 'needs root' },
    async (t) => {
      const home = openFolder();
      chmodSync(home, 0o700);
      const tessera = await start({ data: join(home, 'data') });
      const link = await tessera.ready;
      const elsewhere = /PostgreSQL keeps its data in (\S+), because/.exec(tessera.said())?.[1] ?? '';
      t.after(() => rmSync(join(elsewhere, '..'), { recursive: true, force: true }));
      assert.match(elsewhere, /^\/var\/lib\/tessera\/[0-9a-f]{64}\/postgres$/);
      assert.match(link, /setup\?token=/);
      tessera.signal('SIGINT');
      assert.equal(await tessera.ended, 0);
      const again = await start({ data: join(home, 'data') });
      await again.ready;
      assert.ok(again.said().includes(elsewhere), 'the same data are found again');
      again.signal('SIGINT');
      await again.ended;
      await nothingRunsOn(elsewhere);
    },
  );

  test('An ordinary user in a folder of their own', async () => {
    const person = ordinaryUser();
    const data = join(person.home, 'data');
    const tessera = await start({ data, before: person.before, project: person.project });
    assert.match(await tessera.ready, /setup\?token=/);
    assert.equal(statSync(join(data, 'postgres')).uid, person.uid);
    assert.equal(statSync(data).mode & 0o777, 0o700);
    tessera.signal('SIGINT');
    assert.equal(await tessera.ended, 0);
    await nothingRunsOn(data);
  });
});
