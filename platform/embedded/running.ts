import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseAccount } from './account.ts';
import { openDataFolder, remembered } from './data-folder.ts';

/** The address of the embedded PostgreSQL of this data folder while a Tessera runs on it; undefined while none does. */
export function runningPostgres(dataFolder: string): string | undefined {
  if (!existsSync(dataFolder)) return undefined;
  const { own, cluster } = openDataFolder(dataFolder, chooseAccount());
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  // PostgreSQL's own note of itself: the first line is its process, the fourth its port.
  const [pid = '', , , port = ''] = readFileSync(file, 'utf8').split('\n');
  return isAlive(Number(pid)) ? `postgres://postgres:${remembered(`${own}/password`)}@127.0.0.1:${port}/postgres` : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
