import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, startedAt } from './process-state.ts';
import { sentenceOf, StartError } from './start-error.ts';

const ATTEMPTS_MAX = 5;

/**
 * Makes sure that one process uses a data folder. The file names process id and start time, so that a process id
 * that was given to somebody else after a crash does not keep the folder locked. Throws StartError when it is in use.
 */
export function lockInstance(folder: string): () => void {
  const file = join(folder, 'lock');
  const own = `${file}.${process.pid}`;
  try {
    writeFileSync(own, `${process.pid} ${startedAt(process.pid)}\n`, { mode: 0o600 });
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      if (isDone('EEXIST', () => linkSync(own, file))) return () => rmSync(file, { force: true });
      const holder = readHolder(file);
      if (lives(holder)) throw alreadyRunning(folder, holder);
      takeAway(file, holder);
    }
  } catch (error) {
    throw sentenceOf(error, `The data folder ${folder}`);
  } finally {
    rmSync(own, { force: true });
  }
  throw new StartError(`The data folder ${folder} is being started by another process. Try again.`);
}

/** Removes a lock whose holder has ended. Somebody else may have done so and locked meanwhile: that lock is put back. */
function takeAway(file: string, ended: string): void {
  const aside = `${file}.${process.pid}.ended`;
  if (!isDone('ENOENT', () => renameSync(file, aside))) return;
  if (readHolder(aside) !== ended) isDone('EEXIST', () => linkSync(aside, file));
  rmSync(aside, { force: true });
}

function lives(holder: string): boolean {
  const [pid = '', started = ''] = holder.split(' ');
  return Number(pid) !== process.pid && isRunning(Number(pid)) && startedAt(Number(pid)) === started;
}

function alreadyRunning(folder: string, holder: string): StartError {
  const [pid = ''] = holder.split(' ');
  return new StartError(
    `Tessera is already running on the data in ${folder} (process ${pid}). Use that one, stop it, or set TESSERA_DATA to another folder.`,
  );
}

function readHolder(file: string): string {
  let holder = '';
  isDone('ENOENT', () => (holder = readFileSync(file, 'utf8').trim()));
  return holder;
}

/** Whether it went well; false for the one error that may happen, all others are thrown. */
function isDone(otherwise: string, act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === otherwise) return false;
    throw error;
  }
}
