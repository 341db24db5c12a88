import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

/** The folder is one that the unprivileged account can enter to which root lowers PostgreSQL. */
async function startOwn(cleanup: Cleanup): Promise<Found> {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-postgres-'));
  chmodSync(folder, 0o711);
  cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
  const said: string[] = [];
  try {
    const server = await startPostgres({ dataFolder: folder, log: (sentence) => void said.push(sentence) });
    cleanup.add(server.stop);
    return { value: server.url, how: `started, port ${new URL(server.url).port}` };
  } catch (error) {
    return missing(`DATABASE_URL is not set and no PostgreSQL could be started: ${String(error)}`);
  }
}
