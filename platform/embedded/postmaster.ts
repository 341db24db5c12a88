import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { meansFullDisk, sentenceOf, StartError } from './start-error.ts';

/** What a server is started with. */
export type Launch = {
  readonly binaries: Binaries;
  readonly account: Account;
  readonly cluster: string;
  readonly port: number;
  /** Beside ours, or instead of them. */
  readonly settings?: Readonly<Record<string, string>>;
};

/** A running server. `ended` tells its last words. */
export type Postmaster = { readonly ended: Promise<string>; readonly stop: () => Promise<void> };

/** Acknowledged means durable, so synchronous_commit stays on; the rest is sized for a laptop. */
const SETTINGS: { readonly [name: string]: string } = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  shared_buffers: '128MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '2GB',
  jit: 'off',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_min_messages: 'warning',
  log_timezone: 'UTC',
  timezone: 'UTC',
};
const STOP_MILLISECONDS = 10_000;

/**
 * The server takes the place of this shell, beside a watcher that reads a pipe which we hold open. However we end, even killed, the kernel closes
 * the pipe, and the watcher asks the server for a fast, clean shutdown.
 */
const TETHER = ['exec 3<&0', '((read -r _ <&3; kill -INT "$$") 2>/dev/null &)', 'exec "$@" </dev/null 3<&-'].join('\n');

/** Starts the server and resolves when it takes connections. Throws StartError with the server's reason when it does not. */
export function launch(how: Launch): Promise<Postmaster> {
  const child = spawnServer(how);
  const said: string[] = [];
  const ended = new Promise<string>((resolve) => child.once('close', (code, signal) => resolve(said.at(-1) ?? signal ?? `code ${code}`)));
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGINT');
    const hard = setTimeout(() => child.kill('SIGQUIT'), STOP_MILLISECONDS);
    await ended;
    clearTimeout(hard);
  };
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(sentenceOf(error, 'PostgreSQL')));
    child.once('close', () => reject(new StartError(reasonOf(said))));
    if (!child.stderr) return;
    createInterface(child.stderr).on('line', (line) => {
      if (line.includes('ready to accept connections')) resolve({ ended, stop });
      else if (/(FATAL|PANIC|ERROR|HINT):/.test(line)) said.push(line.replace(/^.*?(FATAL|PANIC|ERROR|HINT): +/, ''));
      if (said.length > 20) said.shift();
    });
  });
}

/** In a session of its own, so that Ctrl-C in a terminal reaches us alone and we stop it when nobody needs it any more. */
function spawnServer(how: Launch): ChildProcess {
  const settings = Object.entries({ ...SETTINGS, ...how.settings, port: String(how.port), log_min_messages: 'log' }).flatMap(
    ([name, value]) => ['-c', `${name}=${value}`],
  );
  const server = [join(how.binaries.folder, 'bin', 'postgres'), '-D', how.cluster, ...settings];
  const [command = '', ...parameters] = process.platform === 'win32' ? server : ['/bin/sh', '-c', TETHER, 'tethered', ...server];
  const { uid, gid } = how.account;
  const child = spawn(command, parameters, {
    cwd: '/',
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  });
  child.stdin?.on('error', () => undefined);
  child.once('exit', () => child.stdin?.destroy());
  return child;
}

function reasonOf(said: readonly string[]): string {
  const text = said.join(' ');
  if (meansFullDisk(text)) return 'The disk is full. Free some space and start again; nothing that was saved is lost.';
  return `PostgreSQL did not start: ${said.at(-1) ?? 'it gave no reason'}`;
}
