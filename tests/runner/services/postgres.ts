import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '#platform/embedded/postgres.ts';
import { dropDatabases, RUN_VARIABLE, runPrefix } from '#tests/support/databases.ts';
import type { Cleanup } from '../cleanup.ts';
import { missing, type Found, type Provider } from './found.ts';

/** TEST_DATABASE_URL, else DATABASE_URL, else the embedded PostgreSQL in a temporary folder. */
export const providePostgres: Provider = async (environment, cleanup) => {
  const variable = ['TEST_DATABASE_URL', 'DATABASE_URL'].find((name) => environment[name]);
  const given = variable && environment[variable];
  if (!given) return startOwn(cleanup);
  const run = environment[RUN_VARIABLE];
  if (run) cleanup.add(async () => void (await dropDatabases(runPrefix(run), given)));
  return { value: given, how: variable };
};

const MEMORY_FOLDER = '/dev/shm';
const TMPFS_MAGIC = 0x01021994;
const FOLDER_BYTES_MIN = 4 * 2 ** 30;
const FREE_BYTES_MIN = 8 * 2 ** 30;

/** What is written outlives a server that is killed, as tests do, but no failure of the machine: nobody waits for a disk. */
const NOTHING_KEPT = { fsync: 'off', full_page_writes: 'off' };

/** The folder is one that the unprivileged account can enter to which root lowers PostgreSQL. */
async function startOwn(cleanup: Cleanup): Promise<Found> {
  const folder = mkdtempSync(join(fastestFolder(), 'tessera-postgres-'));
  chmodSync(folder, 0o711);
  cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
  const said: string[] = [];
  try {
    const server = await startPostgres({ dataFolder: folder, settings: NOTHING_KEPT, log: (sentence) => void said.push(sentence) });
    cleanup.add(server.stop);
    return { value: server.url, how: `started, port ${new URL(server.url).port}` };
  } catch (error) {
    return missing(`DATABASE_URL is not set and no PostgreSQL could be started: ${String(error)}`);
  }
}

/**
 * In memory where there is plenty. Each installation makes eleven databases of 300 files and drops them; ext4 looks past every inode
 * that was freed within the last seconds when it makes a file, which was most of the time that the tests' installations took.
 */
function fastestFolder(): string {
  return isRoomy(MEMORY_FOLDER) && freemem() >= FREE_BYTES_MIN ? MEMORY_FOLDER : tmpdir();
}

function isRoomy(folder: string): boolean {
  try {
    const { type, bavail, bsize } = statfsSync(folder);
    return type === TMPFS_MAGIC && bavail * bsize >= FOLDER_BYTES_MIN;
  } catch {
    return false;
  }
}
