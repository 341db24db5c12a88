import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { Refusal } from '#platform/kernel/errors.ts';
import { createFixture, until, type Fixture } from '#platform/messaging/fixture.ts';
import { enqueue } from '#platform/data/new-job.ts';
import { controlJob, jobOf, type JobView } from './job.ts';
import { LEASE_SECONDS } from './lease.ts';
import { runJobs, type JobContext, type JobWorkers, type Runner } from './runner.ts';

let fixture: Fixture;
let workers: JobWorkers[] = [];
before(async () => (fixture = await createFixture('jobs')));
after(() => fixture.drop());
afterEach(async () => {
  await Promise.all(workers.map((one) => one.stop()));
  workers = [];
  await fixture.admin.query('truncate platform.job, public.effect');
});

function start(runner: Runner, parallel = 2): JobWorkers {
  const one = runJobs({ database: fixture.database, runners: [runner], parallel, idle: 20 });
  workers.push(one);
  return one;
}

async function make(input: number, key?: string): Promise<string> {
  const id = await enqueue(fixture.database, { kind: 'count', input, by: 'user:1', ...(key === undefined ? {} : { key }) });
  assert.ok(id !== null);
  return id;
}

async function ended(id: string, state: JobView['state'] = 'done'): Promise<JobView> {
  await until(async () => (await jobOf(fixture.database, id)).state === state);
  return jobOf(fixture.database, id);
}

/** Counts to the input, one step a number, each written once with its checkpoint. */
function counting(between: (n: number, job: JobContext) => Promise<void> = async () => undefined): Runner {
  return {
    kind: 'count',
    run: async (job) => {
      const total = Number(job.input);
      for (let n = Number(job.checkpoint ?? 0) + 1; n <= total; n += 1) {
        await job.step(async (transaction) => {
          await transaction.query({ text: 'insert into public.effect (consumer) values ($1)', values: [`${job.id} ${n}`] });
          return { checkpoint: n, done: n, total };
        });
        await between(n, job);
      }
      return { counted: total };
    },
  };
}

async function effects(): Promise<readonly string[]> {
  const { rows } = await fixture.admin.query<{ consumer: string }>('select consumer from public.effect order by at');
  return rows.map((row) => row.consumer);
}

describe('Jobs', () => {
  test('run once, on one of many workers, and say how far they are and what came of it', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => make(3)));
    for (let replica = 0; replica < 3; replica += 1) start(counting());
    const jobs = await Promise.all(made.map((id) => ended(id)));
    assert.deepEqual(new Set(jobs.map(({ done, total }) => `${done} of ${total}`)), new Set(['3 of 3']));
    assert.deepEqual(jobs[0]?.result, { counted: 3 });
    assert.equal((await effects()).length, 60);
    assert.equal(new Set(await effects()).size, 60);
  });

  test('with a key are made once', async () => {
    await make(1, 'nightly 2026-11-26');
    assert.equal(await enqueue(fixture.database, { kind: 'count', input: 1, by: 'user:1', key: 'nightly 2026-11-26' }), null);
  });

  test('are paused, resumed where they were, and cancelled', async () => {
    const gate = Promise.withResolvers<undefined>();
    start(counting((n) => (n === 2 ? gate.promise.then(() => undefined) : Promise.resolve())));
    const id = await make(5);
    await until(async () => (await effects()).length === 2);
    await controlJob(fixture.database, id, 'pause');
    gate.resolve(undefined);
    await ended(id, 'paused');
    await controlJob(fixture.database, id, 'resume');
    await ended(id);
    assert.deepEqual(
      (await effects()).map((one) => one.split(' ')[1]),
      ['1', '2', '3', '4', '5'],
    );
    await assert.rejects(controlJob(fixture.database, id, 'cancel'), /cannot be asked to cancel/);
  });

  test('of a process that died are taken over where the last step left off, and its late steps change nothing', async () => {
    const dead = Promise.withResolvers<undefined>();
    const late: unknown[] = [];
    const id = await make(4);
    const first = runJobs({
      database: fixture.database,
      idle: 20,
      parallel: 1,
      runners: [
        {
          kind: 'count',
          run: async (job) => {
            await job.step(async () => ({ checkpoint: 2, done: 2, total: 4 }));
            await dead.promise;
            await job.step(async () => ({ checkpoint: 99, done: 99 })).catch((error: unknown) => late.push(error));
            return null;
          },
        },
      ],
    });
    workers.push(first);
    await until(async () => (await jobOf(fixture.database, id)).done === 2);
    await fixture.admin.query(`update platform.job set lease_until = now() - make_interval(secs => $1) where id = $2`, [LEASE_SECONDS, id]);
    start(counting());
    const job = await ended(id);
    dead.resolve(undefined);
    await until(() => late.length === 1);
    assert.equal(job.done, 4);
    assert.equal((await jobOf(fixture.database, id)).done, 4);
    assert.deepEqual(
      (await effects()).map((one) => one.split(' ')[1]),
      ['3', '4'],
    );
  });

  test('tell their owner what was refused, and keep quiet about a fault of ours', async () => {
    const problems: unknown[] = [];
    const failing: Runner = {
      kind: 'count',
      run: async ({ input }) => {
        throw input === 1 ? new Refusal('invalid_value', 'Line 7 has no name.') : new Error('secret');
      },
    };
    workers.push(runJobs({ database: fixture.database, runners: [failing], idle: 20, onProblem: (error) => problems.push(error) }));
    const [refused, broken] = [await ended(await make(1), 'failed'), await ended(await make(2), 'failed')];
    assert.deepEqual(refused.errors, [{ code: 'invalid_value', message: 'Line 7 has no name.' }]);
    assert.doesNotMatch(JSON.stringify(broken.errors), /secret/);
    assert.equal(problems.length, 2);
  });

  test('of the long ones one at a time runs in a process, so that a short one always finds a worker', async () => {
    const gate = Promise.withResolvers<undefined>();
    const long: Runner = { kind: 'long', isLong: true, run: () => gate.promise.then(() => null) };
    workers.push(runJobs({ database: fixture.database, runners: [long, counting()], idle: 20 }));
    const [first, second] = await Promise.all([1, 2].map(() => enqueue(fixture.database, { kind: 'long', input: null, by: 'user:1' })));
    const states = async () => Promise.all([first, second].map(async (id) => (await jobOf(fixture.database, id ?? '')).state));
    await until(async () => (await states()).includes('running'));
    await ended(await make(1));
    assert.deepEqual((await states()).toSorted(), ['queued', 'running']);
    gate.resolve(undefined);
    await Promise.all([first, second].map((id) => ended(id ?? '')));
  });

  test('short ones run beside a long one', async () => {
    const gate = Promise.withResolvers<undefined>();
    start(counting((_n, job) => (Number(job.input) > 1 ? gate.promise.then(() => undefined) : Promise.resolve())));
    const long = await make(2);
    await until(async () => (await jobOf(fixture.database, long)).state === 'running');
    await ended(await make(1));
    assert.equal((await jobOf(fixture.database, long)).state, 'running');
    gate.resolve(undefined);
    await ended(long);
  });
});

describe('Jobs of which something stays away', () => {
  test('are tried less and less often, and told of even less', async () => {
    const [tries, told]: [number[], unknown[]] = [[], []];
    let isAway = true;
    const run: Runner['run'] = async () => {
      tries.push(performance.now());
      if (isAway) throw new Refusal('core_unreachable', 'The service orders cannot be reached at the moment.');
      return null;
    };
    const onProblem = (error: unknown): void => void told.push(error);
    workers.push(runJobs({ database: fixture.database, runners: [{ kind: 'count', run }], idle: 20, onProblem }));
    const id = await make(1);
    await until(() => tries.length === 4, 10_000);
    const waits = tries.slice(1).map((at, nth) => at - (tries[nth] ?? 0));
    assert.ok((waits[2] ?? 0) > 2 * (waits[0] ?? 0), `it waited ${waits.join(', ')} ms`);
    assert.equal(told.length, 3, 'of the first, the second and the fourth');
    isAway = false;
    await ended(id);
  });
});

describe('Jobs that are refused much', () => {
  test('keep so many errors of their steps, and so many characters of them', async () => {
    const tell = (steps: readonly (readonly string[])[]): Runner => ({
      kind: 'count',
      run: async (job) => {
        for (const errors of steps) await job.step(async () => ({ errors }));
        return null;
      },
    });
    const kept = async (steps: readonly (readonly string[])[]): Promise<JobView['errors']> => {
      const id = await make(1);
      const one = start(tell(steps));
      const { errors } = await ended(id);
      await one.stop();
      return errors;
    };
    const long = 'x'.repeat(400_000);
    assert.equal((await kept(Array.from({ length: 30 }, () => Array.from({ length: 90 }, () => 'short')))).length, 1_080);
    assert.equal((await kept([[long, long, long, long], ['behind'], []])).length, 3);
    assert.deepEqual(await kept([[], ['one'], [], [long, long, long], [long], ['no more']]), ['one', long, long, long]);
  });
});
