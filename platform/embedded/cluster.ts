import { spawn } from 'node:child_process';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { makePrivate } from './data-folder.ts';
import { isRunning } from './process-state.ts';
import { meansFullDisk, sentenceOf, StartError } from './start-error.ts';

/** What a new cluster is made of. */
export type ClusterOptions = {
  readonly binaries: Binaries;
  readonly account: Account;
  readonly cluster: string;
  readonly password: string;
};

const ORPHAN_MILLISECONDS = 15_000;

/** Makes the cluster beside its place and moves it there when it is whole, so that a start cut off half-way leaves nothing behind. */
export async function initialiseCluster(options: ClusterOptions): Promise<void> {
  if (existsSync(join(options.cluster, 'PG_VERSION'))) return requireVersion(options);
  const half = `${options.cluster}.new`;
  const passwordFile = `${options.cluster}.password`;
  try {
    rmSync(half, { recursive: true, force: true });
    makePrivate(half, options.account);
    writeFileSync(passwordFile, options.password, { mode: 0o600 });
    if (options.account.uid !== undefined && options.account.gid !== undefined)
      chownSync(passwordFile, options.account.uid, options.account.gid);
    await initdb(options, half, passwordFile);
    renameSync(half, options.cluster);
  } catch (error) {
    throw sentenceOf(error, `The folder ${dirname(options.cluster)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** The files of one major version are not read by another. */
function requireVersion({ binaries, cluster }: ClusterOptions): void {
  const [ours = ''] = binaries.version.split('.');
  const theirs = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (theirs === ours) return;
  throw new StartError(
    `The data in ${cluster} are of PostgreSQL ${theirs}, and this Tessera brings PostgreSQL ${ours}. ` +
      `Start the Tessera that they were made with, run a PostgreSQL ${theirs} on them and name it in DATABASE_URL, or set TESSERA_DATA to another folder.`,
  );
}

function initdb(options: ClusterOptions, folder: string, passwordFile: string): Promise<void> {
  const parameters = [
    '-D',
    folder,
    '-U',
    'postgres',
    `--pwfile=${passwordFile}`,
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-sync',
  ];
  const { uid, gid } = options.account;
  const child = spawn(join(options.binaries.folder, 'bin', 'initdb'), parameters, {
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { LC_ALL: 'C' },
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(sentenceOf(error, 'PostgreSQL')));
    child.once('close', (code) => (code === 0 ? resolve() : reject(new StartError(reasonOf(said)))));
  });
}

function reasonOf(said: string): string {
  if (meansFullDisk(said)) return 'The disk is full. Free some space and start again.';
  return `PostgreSQL could not make its data folder: ${/(?:FATAL|error): +(.*)/.exec(said)?.[1] ?? said.trim()}`;
}

/** Waits for a server that a killed process left behind; it was told to stop when its parent died. Asks once more when it lingers. */
export async function waitForOrphan(cluster: string): Promise<void> {
  const deadline = Date.now() + ORPHAN_MILLISECONDS;
  for (let asked = false; Date.now() < deadline; await sleep(25)) {
    const pid = orphanOf(cluster);
    if (pid === undefined) return;
    if (!asked && Date.now() > deadline - ORPHAN_MILLISECONDS / 2) asked = process.kill(pid, 'SIGINT');
  }
  throw new StartError(`A PostgreSQL (process ${orphanOf(cluster)}) still uses ${cluster}. Stop it and start again.`);
}

function orphanOf(cluster: string): number | undefined {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (isRunning(pid)) return pid;
  rmSync(file, { force: true });
  return undefined;
}
