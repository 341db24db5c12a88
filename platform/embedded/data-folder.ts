import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Account } from './account.ts';
import { sentenceOf } from './start-error.ts';

/** Where things lie: `own` is the project's data folder, `cluster` what PostgreSQL owns, which may be elsewhere. */
export type DataFolder = { readonly own: string; readonly cluster: string; readonly elsewhere: boolean };

/** Makes the project's data folder. PostgreSQL's account may pass through it, and nobody else may look into it. */
export function makeDataFolder(own: string, account: Account): void {
  try {
    mkdirSync(own, { recursive: true, mode: account.lowered ? 0o711 : 0o700 });
  } catch (error) {
    throw sentenceOf(error, `The data folder ${own}`);
  }
}

/**
 * Where the cluster lies. Where root keeps the project in a folder that the unprivileged account cannot enter, that is
 * /var/lib/tessera under a random id that the data folder remembers, never under a name made of the path: a fresh clone starts empty.
 */
export function openDataFolder(own: string, account: Account): DataFolder {
  try {
    const elsewhere = account.lowered && !isReachable(own);
    const home = elsewhere ? join('/var/lib/tessera', remembered(join(own, 'id'))) : own;
    mkdirSync(home, { recursive: true, mode: 0o711 });
    return { own, cluster: join(home, 'postgres'), elsewhere };
  } catch (error) {
    throw sentenceOf(error, `The data folder ${own}`);
  }
}

/** A secret of 32 random bytes in hex, made once and kept in a file that only its owner can read. */
export function remembered(file: string): string {
  try {
    if (existsSync(file)) return readFileSync(file, 'utf8').trim();
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const made = randomBytes(32).toString('hex');
    writeFileSync(file, `${made}\n`, { mode: 0o600 });
    return made;
  } catch (error) {
    throw sentenceOf(error, `The file ${file}`);
  }
}

/** A folder that belongs to PostgreSQL's account and nobody else. */
export function makePrivate(folder: string, account: Account): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(folder, account.uid, account.gid);
}

function isReachable(folder: string): boolean {
  const mayEnter = (statSync(folder).mode & 0o001) !== 0;
  const parent = dirname(folder);
  return mayEnter && (parent === folder || isReachable(parent));
}
