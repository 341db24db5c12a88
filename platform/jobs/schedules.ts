import { Cron } from 'croner';
import type { Database } from '#platform/data/database.ts';
import type { Module } from '#platform/kernel/module.ts';
import { enqueue } from '#platform/data/new-job.ts';
import type { JobContext, Runner } from './runner.ts';

/** Something that recurs: at every tick of `cron` (UTC, five or six parts) a job of `kind` is made. */
export type Schedule = { readonly kind: string; readonly cron: string };

/** Timers are set no further ahead; a machine that slept or whose clock was moved is right again within this time. */
const LOOK_MILLISECONDS = 60_000;

/** Days that the jobs of a schedule are kept. */
const KEEP_DAYS = 30;

/**
 * Makes a job at each tick, once over all replicas: the job's key is kind and tick, and the first replica to write it wins.
 * What ticked while no replica ran is made up for once, with its last tick, unless the schedule is new.
 */
export function startSchedules(options: {
  readonly database: Database;
  readonly schedules: readonly Schedule[];
  readonly wake: () => void;
  readonly onProblem?: (error: unknown) => void;
}): { readonly stop: () => void } {
  const timers = new Map<string, NodeJS.Timeout>();
  const missed = new Set<Schedule>();
  let isStopped = false;
  const attempt = async (schedule: Schedule, write: () => Promise<boolean>): Promise<void> => {
    try {
      if (await write()) options.wake();
      missed.delete(schedule);
    } catch (error) {
      missed.add(schedule);
      options.onProblem?.(error);
    }
  };
  const follow = (schedule: Schedule, from: Date): void => {
    const next = new Cron(schedule.cron, { timezone: 'UTC', paused: true }).nextRun(from);
    if (!next || isStopped) return;
    const wait = Math.min(Math.max(next.getTime() - Date.now(), 0), LOOK_MILLISECONDS);
    const timer = setTimeout(() => {
      if (missed.has(schedule)) void attempt(schedule, () => makeUp(options.database, schedule));
      if (Date.now() < next.getTime()) return follow(schedule, from);
      void attempt(schedule, () => make(options.database, schedule, next));
      follow(schedule, new Date(Math.max(next.getTime(), Date.now() - LOOK_MILLISECONDS)));
    }, wait);
    timers.set(schedule.kind, timer.unref());
  };
  for (const schedule of options.schedules) {
    follow(schedule, new Date());
    void attempt(schedule, () => makeUp(options.database, schedule));
  }
  return Object.freeze({
    stop: () => {
      isStopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  });
}

/** The schedules and runners of a module's declared jobs. `run` runs a job's code in a Work of its own, as the module itself. */
export function moduleJobs(
  module: Module,
  run: (job: Module['jobs'][number], context: JobContext) => Promise<void>,
): { readonly schedules: readonly Schedule[]; readonly runners: readonly Runner[] } {
  return {
    schedules: module.jobs.map((job) => ({ kind: `schedule:${job.name}`, cron: job.schedule })),
    runners: module.jobs.map((job) => ({
      kind: `schedule:${job.name}`,
      run: async (context) => {
        await run(job, context);
        return null;
      },
    })),
  };
}

async function make(database: Database, { kind }: Schedule, tick: Date): Promise<boolean> {
  const at = tick.toISOString();
  const id = await enqueue(database, {
    kind,
    key: `${kind}@${at}`,
    input: { tick: at },
    by: 'service:schedule',
    runAfter: at,
  });
  if (!id) return false;
  await database.write({
    text: `delete from platform.job where kind = $1 and key like $2 and ended_at < now() - make_interval(days => $3::integer)`,
    values: [kind, `${kind}@%`, KEEP_DAYS],
  });
  return true;
}

async function makeUp(database: Database, schedule: Schedule): Promise<boolean> {
  const [last] = new Cron(schedule.cron, { timezone: 'UTC', paused: true }).previousRuns(1, new Date());
  if (!last) return false;
  const [row] = await database.read({
    text: 'select max(key) from platform.job where kind = $1',
    values: [schedule.kind],
  });
  const newest = row?.[0];
  if (!newest || newest >= `${schedule.kind}@${last.toISOString()}`) return false;
  return make(database, schedule, last);
}
