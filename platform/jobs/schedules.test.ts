import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { createFixture, until, type Fixture } from '#platform/messaging/fixture.ts';
import { enqueue } from '#platform/data/new-job.ts';
import { startSchedules, type Schedule } from './schedules.ts';

let fixture: Fixture;
let running: { readonly stop: () => void }[] = [];
before(async () => (fixture = await createFixture('schedules')));
after(() => fixture.drop());
afterEach(async () => {
  for (const one of running) one.stop();
  running = [];
  await fixture.admin.query('truncate platform.job');
});

function start(...schedules: readonly Schedule[]): void {
  running.push(startSchedules({ database: fixture.database, schedules, wake: () => undefined }));
}

async function keys(): Promise<readonly string[]> {
  const { rows } = await fixture.admin.query<{ key: string }>('select key from platform.job order by key');
  return rows.map(({ key }) => key);
}

const DAY = 86_400_000;

describe('Schedules', () => {
  test('make one job at each tick, however many replicas keep them', async () => {
    for (let replica = 0; replica < 3; replica += 1) start({ kind: 'everySecond', cron: '* * * * * *' });
    await until(async () => (await keys()).length >= 3);
    const made = await keys();
    const seconds = made.map((key) => Date.parse(key.split('@')[1] ?? '') / 1000);
    assert.deepEqual(
      seconds,
      seconds.map((_, at) => (seconds[0] ?? 0) + at),
    );
  });

  test('make up once for what ticked while no replica ran, with its last tick; a new one begins with the next', async () => {
    const midnight = new Date(Math.floor(Date.now() / DAY) * DAY);
    const earlier = new Date(midnight.getTime() - 3 * DAY).toISOString();
    await enqueue(fixture.database, { kind: 'nightly', key: `nightly@${earlier}`, input: null, by: 'service:schedule' });
    for (let replica = 0; replica < 2; replica += 1) start({ kind: 'nightly', cron: '0 0 * * *' }, { kind: 'new', cron: '0 0 1 1 *' });
    await until(async () => (await keys()).length >= 2);
    assert.deepEqual(await keys(), [`nightly@${earlier}`, `nightly@${midnight.toISOString()}`]);
  });
});
