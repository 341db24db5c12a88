import { type ForeignRecords } from './access/foreign-records.ts';
import { askChangeOver } from './access/core-client.ts';
import { longJobRunner } from './access/long-job-runner.ts';
import { askProducer } from './access/missed-events.ts';
import type { ServiceClient } from './access/service-client.ts';
import { runModuleJob } from './data/commands/module-job.ts';
import { keepShipped, type Shipped } from './data/shipped/keep-shipped.ts';
import { type SchemaSync } from './data/schema-sync.ts';
import type { Store } from './data/store.ts';
import type { Documents } from './documents/documents.ts';
import { releaseDropped, sweepFiles } from './files/sweep-files.ts';
import { findFile } from './files/file.ts';
import { fileContent } from './files/read-file.ts';
import { refusedRowsRoute } from './http/refused-rows-route.ts';
import { importRunner } from './transfer/import-runner.ts';
import { Refusal } from './kernel/errors.ts';
import { catchUpRunner } from './jobs/catch-up-job.ts';
import { jobRoutes } from './jobs/job-routes.ts';
import { mergeRunner } from './jobs/merge-job.ts';
import { fillStaleMirrors, mirrorRunner } from './jobs/mirror-job.ts';
import { mirrorRoutes } from './jobs/mirror-routes.ts';
import { retypeRunner, startRetypes } from './jobs/retype-job.ts';
import { resendRunner } from './jobs/resend-job.ts';
import { resendRoutes } from './jobs/resend-routes.ts';
import { runJobs, type Runner } from './jobs/runner.ts';
import { moduleJobs, startSchedules, type Schedule } from './jobs/schedules.ts';
import type { Route } from './kernel/route.ts';
import type { Bus } from './messaging/bus.ts';
import type { Slots } from './messaging/slots.ts';

/** What the parts of a running service share. */
export type Running = {
  readonly store: Store;
  readonly sync: SchemaSync;
  readonly documents: Documents;
  readonly problem: (error: unknown) => void;
};

/** Who else the long work deals with. */
export type Others = {
  readonly foreign: ForeignRecords;
  readonly client: ServiceClient;
  readonly bus: Bus;
  /** Where services catch up with many events at once, such as an import makes. */
  readonly bulk: Slots;
  /** Records that come with the product. */
  readonly shipped: readonly Shipped[];
};

/** The long work of one service: its routes, and what keeps its mirrors filled. */
export type Jobs = {
  readonly routes: readonly Route[];
  readonly wake: () => void;
  /** Lets the schedules tick: a job that ticks before the first schema is there would know none of its objects. */
  readonly begin: () => void;
  /** Makes jobs for what a schema asks for: mirrors that lack something, fields that are to change their type. What goes wrong is tried again at the next start or schema. */
  readonly followSchema: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Starts what a service works off in the background: its module's schedules, mirrors to fill, imports, and files that nobody holds. */
export function startJobs({ store, sync, problem }: Running, { foreign, client, bus, bulk, shipped }: Others): Jobs {
  const { database, module } = store;
  const { schedules, runners: scheduled } = moduleJobs(module, (job) => runModuleJob(store, job));
  const mirrors = mirrorRunner({ database, schema: sync.current, page: foreign.page });
  const resends = resendRunner({ database, module: module.name, bus });
  const catchUps = catchUpRunner(askProducer(client));
  const retypes = retypeRunner({ database, schema: sync.current, change: askChangeOver(client, module.name) });
  const long = module.longJobs.map((job) => longJobRunner(store, job, { client, bus }));
  const imports = importer(store, bulk);
  const runners = [...scheduled, ...long, retypes, mirrors, mergeRunner(store), resends, catchUps, fileSweeper(sync), imports];
  const workers = runJobs({ database, runners, onProblem: problem });
  let ticking: ReturnType<typeof startSchedules> | null = null;
  return {
    routes: [
      ...jobRoutes({ database, runners, wake: workers.wake }),
      refusedRowsRoute(database),
      ...resendRoutes({ database, module: module.name, wake: workers.wake }),
      ...mirrorRoutes({ database, schema: sync.current, wake: workers.wake }),
    ],
    wake: workers.wake,
    begin: () => {
      ticking ??= startSchedules({ database, schedules: [...schedules, FILE_SWEEP], wake: workers.wake, onProblem: problem });
    },
    followSchema: async () => {
      const at = { database, schema: sync.current };
      await Promise.all([
        fillStaleMirrors(at, workers.wake).catch(problem),
        startRetypes(at, workers.wake).catch(problem),
        keepShipped(store, shipped, (key, reason) => problem(new Error(`The shipped record ${key} is refused`, { cause: reason }))).catch(
          problem,
        ),
      ]);
    },
    stop: async () => {
      ticking?.stop();
      await workers.stop();
    },
  };
}

/** Imports what was uploaded, which is to be done before all services have caught up with it. */
function importer(store: Store, bulk: Slots): Runner {
  const runner = importRunner({
    store,
    content: async function* (id) {
      const file = await findFile(store.database, id);
      if (!file) throw new Refusal('not_found', 'The file that was to be imported is no longer there. Send it again.');
      yield* fileContent(store.database, file);
    },
  });
  return { ...runner, run: (job) => bulk.beside(() => runner.run(job)) };
}

const FILE_SWEEP: Schedule = { kind: 'sweepFiles', cron: '23 * * * *' };

/** Removes, every hour, the files that no record holds. */
function fileSweeper(sync: SchemaSync): Runner {
  const run: Runner['run'] = async (job) => {
    let done = 0;
    let swept = 0;
    await job.step(async (transaction) => {
      await releaseDropped(transaction, sync.current());
      return { done };
    });
    do {
      await job.step(async (transaction) => {
        swept = await sweepFiles(transaction);
        done += swept;
        return { done };
      });
    } while (swept > 0);
    return { files: done };
  };
  return { kind: FILE_SWEEP.kind, run };
}
