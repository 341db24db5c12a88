import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { eventually } from '#tests/support/eventually.ts';

const PLATFORM = join(import.meta.dirname, '..', '..', 'platform');

/** Tessera as somebody started it in a terminal: a process group of its own, and what it writes. */
export type Started = {
  readonly pid: number;
  /** All it has written until now, both streams. */
  readonly said: () => string;
  /** Resolves with the set-up link or address that it prints when it serves. Rejects with what it said when it ended instead. */
  readonly ready: Promise<string>;
  /** The exit code; a signal's name when it was killed. */
  readonly ended: Promise<number | string>;
  /** Sends a signal to the process group, as Ctrl-C in a terminal does, and waits for the end. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | string>;
};

const running = new Set<ChildProcess>();

/** Runs what `npm start` runs, with these parameters; the environment is what is given and nothing else. */
export function startTessera(parameters: readonly string[], environment: Readonly<Record<string, string>>): Started {
  const child = spawn(process.execPath, ['--import', join(PLATFORM, 'compile-cache.ts'), join(PLATFORM, 'main.ts'), ...parameters], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'fatal', ...environment },
  });
  running.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve(code ?? signal ?? 'ended');
    });
  });
  const pid = child.pid ?? 0;
  const ready = untilReady(child, () => said, ended);
  ready.catch(() => undefined);
  return {
    pid,
    said: () => said,
    ready,
    ended,
    end: (signal) => {
      process.kill(-pid, signal);
      return ended;
    },
  };
}

async function untilReady(child: ChildProcess, said: () => string, ended: Promise<number | string>): Promise<string> {
  const link = new Promise<string>((resolve) => {
    child.stdout?.on('data', () => {
      const found = /is ready after [\d.]+ s: (.+)\n/.exec(said())?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  const over = ended.then((how) => {
    throw new Error(`It ended with ${how}: ${said()}`);
  });
  return Promise.race([link, over]);
}

/** Ends what a test left running. */
export async function endAll(): Promise<void> {
  const left = [...running];
  for (const child of left) process.kill(-(child.pid ?? 0), 'SIGKILL');
  await Promise.all(left.map((child) => new Promise((resolve) => child.once('close', resolve))));
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until none of these processes is there. */
export async function untilGone(pids: readonly number[], seconds: number): Promise<void> {
  await eventually(`the end of ${pids.join(', ')}`, async () => !pids.some(isAlive), seconds);
}
