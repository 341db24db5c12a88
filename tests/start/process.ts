import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '#tests/runner/step.ts';
import { freePort } from '#tests/support/ports.ts';

/** What `npm start` runs, as a person would start it in a folder of their own. */
export type Start = {
  readonly url: string;
  readonly pid: number;
  /** All it has written until now. */
  readonly said: () => string;
  /** Resolves with the set-up link, or the address when there is none. Rejects with what it said when it ended instead. */
  readonly ready: Promise<string>;
  /** The exit code; a signal's name when it was killed. */
  readonly ended: Promise<number | string>;
  readonly signal: (signal: NodeJS.Signals) => void;
};

/** How it is started; the port is a free one when it is not given. */
export type StartOptions = {
  readonly data: string;
  readonly port?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Words before those of `npm start`: as another user, in a name space of its own. */
  readonly before?: readonly string[];
  readonly project?: string;
};

const started = new Set<ChildProcess>();

/** Starts Tessera in a process group of its own, as a terminal does. */
export async function start(options: StartOptions): Promise<Start> {
  const port = options.port ?? (await freePort());
  const words = [...(options.before ?? []), process.execPath, '--import', './platform/compile-cache.ts', 'platform/main.ts'];
  const child = spawn(words[0] ?? '', words.slice(1), {
    cwd: options.project ?? ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], TESSERA_DATA: options.data, PORT: String(port), LOG_LEVEL: 'error', ...options.environment },
  });
  started.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<number | string>((resolve) => child.once('close', (code, signal) => resolve(code ?? signal ?? 'ended')));
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const link = /is ready after [\d.]+ s: (\S+)\n/.exec(said)?.[1];
      if (link !== undefined) resolve(link);
    });
    child.once('close', () => reject(new Error(said)));
  });
  ready.catch(() => undefined);
  const pid = child.pid ?? 0;
  return { url: `http://127.0.0.1:${port}`, pid, said: () => said, ready, ended, signal: (signal) => process.kill(-pid, signal) };
}

/** A folder for data that every account may pass through, as `/srv` or a home folder is. */
export function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-start-'));
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

const folders: string[] = [];

/** Ends what still runs and removes the folders. */
export async function tidy(): Promise<void> {
  for (const child of started) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    process.kill(-(child.pid ?? 0), 'SIGINT');
    await new Promise((resolve) => child.once('close', resolve));
  }
  started.clear();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
