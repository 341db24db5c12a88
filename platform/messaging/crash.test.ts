import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createFixture, emit, until, type Fixture } from './fixture.ts';

const CHILD = fileURLToPath(new URL('./crash.fixture.ts', import.meta.url));
let fixture: Fixture;

before(async () => {
  fixture = await createFixture('crash');
  await fixture.admin.query('create table public.wire (id uuid)');
});
after(() => fixture.drop());
beforeEach(async () => {
  await fixture.admin.query(
    'truncate platform.outbox, platform.relay, platform.inbox, platform.attempt, platform.dead_letter, public.effect, public.wire',
  );
});

function start(point: string, nth = 1) {
  const child = spawn(process.execPath, [CHILD, fixture.url, point, String(nth)], { stdio: 'inherit' });
  const ended = once(child, 'exit');
  return { ended, kill: async () => (child.kill('SIGKILL'), await ended) };
}

async function count(table: string): Promise<number> {
  return Number((await fixture.admin.query(`select count(*) from ${table}`)).rows[0].count);
}

async function runsOut(events: number): Promise<void> {
  const { kill } = start('none');
  await until(async () => (await count('platform.inbox')) === events, 30_000);
  await until(
    async () =>
      Number(
        (await fixture.admin.query('select count(*) from platform.outbox, platform.relay where transaction >= from_transaction')).rows[0]
          .count,
      ) === 0,
  );
  await kill();
}

describe('a process that is killed', () => {
  const subjects = Array.from({ length: 60 }, (_, index) => `offer/${index % 20}`);

  for (const [point, nth] of [
    ['published', 1],
    ['published', 4],
    ['committed', 1],
    ['committed', 37],
  ] as const) {
    test(`${point} ${nth}: events twice on the wire, effects once, nothing lost`, { timeout: 60_000 }, async () => {
      await emit(fixture.admin, subjects);
      await start(point, nth).ended;
      assert.ok((await count('public.effect')) > 0);
      await runsOut(60);
      assert.equal(await count('public.effect'), 60);
      assert.equal(await count('(select distinct id from public.effect) as effects'), 60);
      assert.ok((await count('public.wire')) > 60);
    });
  }

  test('by one event again and again: that event becomes a dead letter, those that were near it do not', { timeout: 60_000 }, async () => {
    await emit(fixture.admin, subjects.slice(0, 20));
    await emit(fixture.admin, ['offer/poison'], 'Poison');
    await emit(fixture.admin, subjects.slice(20));
    let deaths = 0;
    while ((await count('platform.dead_letter')) === 0 && deaths < 8) {
      const child = start('none');
      const laidAside = until(async () => (await count('platform.dead_letter')) > 0, 20_000);
      const died = await Promise.race([child.ended.then(() => true), laidAside.then(() => false)]);
      laidAside.catch(() => undefined);
      if (died) deaths += 1;
      else await child.kill();
    }
    await runsOut(61);
    const { rows } = await fixture.admin.query('select reason, event from platform.dead_letter');
    assert.equal(rows.length, 1);
    assert.equal(rows[0].event.type, 'Poison');
    assert.match(rows[0].reason, /process ended/);
    assert.ok(deaths >= 5 && deaths <= 6, `${deaths} deaths`);
    assert.equal(await count('public.effect'), 60);
    assert.equal(await count('platform.attempt'), 0);
  });
});
