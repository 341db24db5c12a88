import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, startedAt } from './process-state.ts';
import { sentenceOf, StartError } from './start-error.ts';

/**
 * Makes sure that one process uses a data folder. The file names process id and start time, so that a process id
 * that was given to somebody else after a crash does not keep the folder locked. Throws StartError when it is in use.
 */
export function lockInstance(folder: string): () => void {
  const file = join(folder, 'lock');
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (take(file)) return () => rmSync(file, { force: true });
    const [pid = '', started = ''] = readHolder(file);
    if (isRunning(Number(pid)) && startedAt(Number(pid)) === started && Number(pid) !== process.pid) {
      throw new StartError(
        `Tessera is already running on the data in ${folder} (process ${pid}). Use that one, stop it, or set TESSERA_DATA to another folder.`,
      );
    }
    rmSync(file, { force: true });
  }
  throw new StartError(`The data folder ${folder} is being started by another process. Try again.`);
}

function take(file: string): boolean {
  try {
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, `${process.pid} ${startedAt(process.pid)}\n`);
    closeSync(handle);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw sentenceOf(error, `The data folder of ${file}`);
  }
}

function readHolder(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').trim().split(' ');
  } catch {
    return [];
  }
}
