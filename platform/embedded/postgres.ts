import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { chooseAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { initialiseCluster, waitForOrphan } from './cluster.ts';
import { makeDataFolder, openDataFolder, remembered } from './data-folder.ts';
import { lockInstance } from './instance-lock.ts';
import { launch, type Launch, type Postmaster } from './postmaster.ts';
import { StartError } from './start-error.ts';

/** Where its data are, and who is told what happens to it. `settings` of the server stand instead of ours: tests keep no data, so theirs need not last. */
export type PostgresOptions = {
  readonly dataFolder: string;
  readonly log: (sentence: string) => void;
  readonly settings?: Readonly<Record<string, string>>;
};

/** A PostgreSQL of our own. `url` is its superuser's, on the database `postgres`. */
export type EmbeddedPostgres = { readonly url: string; readonly stop: () => Promise<void> };

const RESTART_MILLISECONDS_MAX = 30_000;

/**
 * Starts the PostgreSQL that comes with the npm package on a data folder of its own, for trial and development. It ends with this
 * process, and is started again when it ends by itself. Throws StartError with a sentence when it cannot start.
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const account = chooseAccount();
  const binaries = findBinaries(account);
  makeDataFolder(options.dataFolder, account);
  const unlock = lockInstance(options.dataFolder);
  try {
    const folder = openDataFolder(options.dataFolder, account);
    const password = remembered(`${folder.own}/password`);
    if (folder.elsewhere) options.log(`PostgreSQL keeps its data in ${folder.cluster}, because its account cannot enter this folder.`);
    await waitForOrphan(folder.cluster);
    await initialiseCluster({ binaries, account, cluster: folder.cluster, password });
    const port = await freePort();
    const supervised = await supervise({ binaries, account, cluster: folder.cluster, port, settings: options.settings ?? {} }, options.log);
    const stop = async (): Promise<void> => {
      await supervised.stop();
      unlock();
    };
    return Object.freeze({ url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, stop });
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Starts the server and starts it again whenever it ends without being asked to, each time after a longer pause. */
async function supervise(how: Launch, log: (sentence: string) => void): Promise<{ stop: () => Promise<void> }> {
  let stopping = false;
  let current: Postmaster = await launch(how);
  const watch = async (): Promise<void> => {
    for (let pause = 250; !stopping; pause = Math.min(pause * 2, RESTART_MILLISECONDS_MAX)) {
      const started = Date.now();
      const last = await current.ended;
      if (stopping) return;
      if (Date.now() - started > RESTART_MILLISECONDS_MAX) pause = 250;
      log(`PostgreSQL has ended (${last}) and is being started again.`);
      await sleep(pause);
      current = await launch(how).catch((error: unknown) => failed(error, log));
    }
  };
  void watch();
  return {
    stop: async () => {
      stopping = true;
      await current.stop();
    },
  };
}

function failed(error: unknown, log: (sentence: string) => void): Postmaster {
  const sentence = error instanceof StartError ? error.message : String(error);
  log(sentence);
  return { ended: Promise.resolve(sentence), stop: () => Promise.resolve() };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new StartError('No free port was found for PostgreSQL.')),
      );
    });
  });
}
