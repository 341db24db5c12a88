import type { Database, Transaction } from '#platform/data/database.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Json } from '#platform/kernel/model.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import { isNews, isTemporary } from '#platform/messaging/failure.ts';
import { backoff, openSleeper } from '#platform/messaging/pause.ts';
import {
  endLease,
  LEASE_SECONDS,
  renewLease,
  saveProgress,
  takeJob,
  type Answer,
  type Ending,
  type LeasedJob,
  type Progress,
} from './lease.ts';

/** What a runner works with. */
export type JobContext = {
  readonly id: string;
  readonly input: Json;
  /** Where the last step that committed left off; null at the beginning. */
  readonly checkpoint: Json;
  /** The actor who asked for the job. */
  readonly by: string;
  /** Aborted when the job is to end early. Whoever works outside of steps should listen. */
  readonly signal: AbortSignal;
  /**
   * One portion of work, its progress and its checkpoint in one transaction, of at most 2 seconds. Throws when the job is to end early
   * (cancelled, paused, the process stops, another one took over): let it pass.
   */
  readonly step: (work: (transaction: Transaction) => Promise<Progress>) => Promise<void>;
};

/** How jobs of one kind are done. What `run` returns is the job's result; a Refusal it throws is told to the owner. */
export type Runner = {
  readonly kind: string;
  readonly run: (job: JobContext) => Promise<Json>;
  /** May take minutes: of these one at a time runs in a process, so that short ones and schedules always find a worker. */
  readonly isLong?: boolean;
  /** Takes a job's work back: a job of its own, whose input is `{job, input, checkpoint, result}` of the first, the `caller` who asks, and `options` of theirs. */
  readonly revert?: (job: JobContext) => Promise<Json>;
};

/** Where and how jobs run. Times in milliseconds. */
export type RunJobsOptions = {
  readonly database: Database;
  readonly runners: readonly Runner[];
  /** Jobs at a time in this process, two unless said. If there are two or more, all but the first take no long ones. */
  readonly parallel?: number;
  readonly idle?: number;
  readonly onProblem?: (error: unknown) => void;
};

/** The running workers of one service. */
export type JobWorkers = { readonly wake: () => void; readonly stop: () => Promise<void> };

/** A job that brings its process down so often, without one step in between, is failed. */
const ATTEMPTS_MOST = 5;

/** Thrown out of a step when the job is to end early. */
class Interrupted extends Error {
  readonly answer: Answer | 'stop';

  constructor(answer: Answer | 'stop') {
    super(`The job is to end: ${answer}.`);
    this.name = 'Interrupted';
    this.answer = answer;
  }
}

/** Runs the jobs of a service's table, together with all other replicas: each job on one of them at a time. */
export function runJobs(options: RunJobsOptions): JobWorkers {
  const stop = new AbortController();
  const sleepers = Array.from({ length: options.parallel ?? 2 }, openSleeper);
  const runners = new Map(options.runners.flatMap((runner) => tasksOf(runner)));
  const short = options.runners.filter((runner) => runner.isLong !== true).flatMap((runner) => tasksOf(runner).map(([kind]) => kind));
  const waits = new Map<string, number>();
  const work = async (sleeper: (typeof sleepers)[number], at: number): Promise<void> => {
    const kinds = at === 0 ? [...runners.keys()] : short;
    let failures = 0;
    while (!stop.signal.aborted) {
      try {
        const job = await takeJob(options.database, kinds);
        const run = job && runners.get(job.kind);
        if (run)
          await hold({
            database: options.database,
            job,
            run,
            waits,
            stop: stop.signal,
            onProblem: options.onProblem ?? ignore,
          });
        else await sleeper.sleep(options.idle ?? 2_000);
        failures = 0;
      } catch (error) {
        options.onProblem?.(error);
        failures += 1;
        await sleeper.sleep(backoff(failures, { first: 100, most: 5_000 }));
      }
    }
  };
  const working = Promise.all(sleepers.map(work));
  const wake = (): void => sleepers.forEach((sleeper) => sleeper.wake());
  return Object.freeze({
    wake,
    stop: async () => {
      stop.abort();
      wake();
      await working;
    },
  });
}

/** The kind of the job that takes a job back. */
export function revertKind(kind: string): string {
  return `${kind}/revert`;
}

function tasksOf(runner: Runner): readonly (readonly [string, Runner['run']])[] {
  return [[runner.kind, runner.run] as const, ...(runner.revert ? [[revertKind(runner.kind), runner.revert] as const] : [])];
}

/** `waits`: how often in a row, without one step in between, a job found that what it needs is away. */
type Holding = {
  readonly database: Database;
  readonly job: LeasedJob;
  readonly run: Runner['run'];
  readonly waits: Map<string, number>;
  readonly stop: AbortSignal;
  readonly onProblem: (error: unknown) => void;
};

/** Runs one job while keeping its lease, and writes how it ended. */
async function hold(holding: Holding): Promise<void> {
  const { database, job, onProblem } = holding;
  const interrupt = new AbortController();
  const heed = (answer: Answer | 'stop'): void => {
    if (answer !== 'go') interrupt.abort(new Interrupted(answer));
  };
  const onStop = (): void => heed('stop');
  const timer = setInterval(() => void renewLease(database, job).then(heed, onProblem), (LEASE_SECONDS * 1_000) / 6);
  holding.stop.addEventListener('abort', onStop);
  try {
    const ending = await outcome(holding, interrupt.signal, heed);
    if (ending) await endLease(database, job, ending);
  } finally {
    clearInterval(timer);
    holding.stop.removeEventListener('abort', onStop);
  }
}

const ENDED_OFTEN: Sentence = {
  en: `The process ended ${ATTEMPTS_MOST} times during this job.`,
  de: `Der Prozess endete ${ATTEMPTS_MOST}-mal während dieses Vorgangs.`,
};
const FAILED: Sentence = {
  en: 'The job failed for a reason that is not yours; it has been reported.',
  de: 'Der Vorgang scheiterte aus einem Grund, der nicht an Ihnen liegt; er wurde gemeldet.',
};

async function outcome(holding: Holding, signal: AbortSignal, heed: (answer: Answer) => void): Promise<Ending | null> {
  const { database, job, run, waits } = holding;
  if (job.attempts > ATTEMPTS_MOST) return { state: 'failed', error: { message: ENDED_OFTEN.en, sentence: ENDED_OFTEN } };
  const step: JobContext['step'] = async (work) => {
    signal.throwIfAborted();
    const answer = await database.transaction(async (transaction) => {
      const told = await saveProgress(transaction, job, await work(transaction));
      if (told === 'lost') throw new Interrupted('lost');
      return told;
    });
    waits.delete(job.id);
    heed(answer);
  };
  try {
    const { id, input, checkpoint, by } = job;
    const result = await run({ id, input, checkpoint, by, signal, step });
    waits.delete(job.id);
    return { state: 'done', result };
  } catch (error) {
    return endingOf(signal.aborted ? signal.reason : error, holding);
  }
}

function endingOf(error: unknown, { job, waits, onProblem }: Holding): Ending | null {
  if (error instanceof Interrupted) {
    if (error.answer === 'cancel') return { state: 'cancelled' };
    if (error.answer === 'pause') return { state: 'paused' };
    return error.answer === 'stop' ? { state: 'queued', waitMilliseconds: 0, isFailure: false } : null;
  }
  if (isTemporary(error)) {
    const count = (waits.get(job.id) ?? 0) + 1;
    waits.set(job.id, count);
    if (isNews(count)) onProblem(error);
    return { state: 'queued', waitMilliseconds: backoff(count, { first: 500, most: 30_000 }), isFailure: false };
  }
  waits.delete(job.id);
  onProblem(error);
  const details =
    error instanceof Refusal
      ? { code: error.code, message: error.message, ...(error.sentence ? { sentence: error.sentence } : {}) }
      : { code: 'internal', message: FAILED.en, sentence: FAILED };
  return { state: 'failed', error: details };
}

function ignore(): void {}
