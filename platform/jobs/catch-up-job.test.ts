import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { Refusal } from '#platform/kernel/errors.ts';
import { SERVICES } from '#platform/kernel/services.ts';
import { createFixture, until, type Fixture } from '#platform/messaging/fixture.ts';
import { askCatchUp, catchUpRunner, type CatchUp } from './catch-up-job.ts';
import { runJobs } from './runner.ts';

let fixture: Fixture;
before(async () => (fixture = await createFixture('catch_up')));
after(() => fixture.drop());
beforeEach(() => fixture.admin.query('truncate platform.inbox, platform.job'));

async function handled(at: string): Promise<void> {
  await fixture.admin.query(`insert into platform.inbox (consumer, event_id, at) values ('offers/mirror', gen_random_uuid(), $1)`, [at]);
}

async function asked(): Promise<readonly (CatchUp & { producer: string })[]> {
  const { rows } = await fixture.admin.query(`select input from platform.job order by input ->> 'producer'`);
  return rows.map(({ input }) => input);
}

describe('A service that may have missed events', () => {
  test('asks nobody when it has never had one', async () => {
    assert.deepEqual(await askCatchUp(fixture.database, ['customers.CustomerCreated']), []);
    assert.deepEqual(await asked(), []);
  });

  test('asks those whose events it takes, for what came since an hour before the last one that it handled', async () => {
    await handled('2026-01-02T10:00:00Z');
    await handled('2026-01-02T12:30:00Z');
    const topics = ['customers.CustomerCreated', 'customers.CustomerUpdated', 'platform.SchemaChanged'];
    assert.deepEqual(await askCatchUp(fixture.database, topics), ['platform', 'customers']);
    assert.deepEqual(await asked(), [
      { producer: 'customers', since: '2026-01-02T11:30:00.000Z', patterns: topics.slice(0, 2) },
      { producer: 'platform', since: '2026-01-02T11:30:00.000Z', patterns: topics.slice(2) },
    ]);
  });

  test('asks all when it takes whatever there is, also after days without events', async () => {
    for (const days of [0.5, 20, 200]) {
      await fixture.admin.query('truncate platform.inbox, platform.job');
      const at = new Date(Date.now() - days * 86_400_000);
      await handled(at.toISOString());
      assert.equal((await askCatchUp(fixture.database, ['#'])).length, SERVICES.length);
      const [first] = await asked();
      assert.equal(first?.since, new Date(at.getTime() - 3_600_000).toISOString());
    }
  });

  test('asks again while a producer does not answer', async () => {
    await handled('2026-01-02T10:00:00Z');
    await askCatchUp(fixture.database, ['customers.*']);
    const answers = [new Refusal('core_unreachable', 'It is away.'), null];
    const taken: string[] = [];
    const runner = catchUpRunner(async (producer, { patterns }) => {
      const answer = answers.shift();
      if (answer) throw answer;
      taken.push(`${producer} ${patterns.join()}`);
    });
    const workers = runJobs({ database: fixture.database, runners: [runner], idle: 20 });
    await until(() => taken.length > 0);
    await workers.stop();
    assert.deepEqual(taken, ['customers customers.*']);
  });
});
