import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { sentenceOf, StartError } from './start-error.ts';

/** What a server is started with. */
export type Launch = {
  readonly binaries: Binaries;
  readonly account: Account;
  readonly cluster: string;
  readonly port: number;
};

/** A running server. `ended` tells its last words. */
export type Postmaster = { readonly ended: Promise<string>; readonly stop: () => Promise<void> };

/** Acknowledged means durable, so synchronous_commit stays on; the rest is sized for a laptop. */
const SETTINGS: { readonly [name: string]: string } = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '120',
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
const SETPRIV = '/usr/bin/setpriv';
const STOP_MILLISECONDS = 10_000;

/** Starts the server and resolves when it takes connections. Throws StartError with the server's reason when it does not. */
export function launch(how: Launch): Promise<Postmaster> {
  const child = spawnServer(how);
  const said: string[] = [];
  const ended = new Promise<string>((resolve) => child.once('exit', (code, signal) => resolve(said.at(-1) ?? signal ?? `code ${code}`)));
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGINT');
    const hard = setTimeout(() => child.kill('SIGQUIT'), STOP_MILLISECONDS);
    await ended;
    clearTimeout(hard);
  };
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(sentenceOf(error, 'PostgreSQL')));
    child.once('exit', () => reject(new StartError(reasonOf(said))));
    if (!child.stderr) return;
    createInterface(child.stderr).on('line', (line) => {
      if (line.includes('ready to accept connections')) resolve({ ended, stop });
      else if (/(FATAL|PANIC|ERROR|HINT):/.test(line)) said.push(line.replace(/^.*?(FATAL|PANIC|ERROR|HINT): +/, ''));
      if (said.length > 20) said.shift();
    });
  });
}

/** The server ends with us even when we are killed: the kernel sends it SIGINT (a fast, clean shutdown) when its parent dies. */
function spawnServer(how: Launch): ChildProcess {
  const settings = Object.entries({ ...SETTINGS, port: String(how.port), log_min_messages: 'log' }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const server = join(how.binaries.folder, 'bin', 'postgres');
  const bound = existsSync(SETPRIV);
  const command = bound ? SETPRIV : server;
  const parameters = [...(bound ? ['--pdeathsig', 'INT', server] : []), '-D', how.cluster, ...settings];
  const { uid, gid } = how.account;
  return spawn(command, parameters, {
    cwd: '/',
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  });
}

function reasonOf(said: readonly string[]): string {
  const text = said.join(' ');
  if (text.includes('No space left on device')) return 'The disk is full. Free some space and start again; nothing that was saved is lost.';
  return `PostgreSQL did not start: ${said.at(-1) ?? 'it gave no reason'}`;
}
