import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import type { Provided } from '#tests/support/services.ts';
import type { Cleanup } from '../cleanup.ts';

/** Finds or starts one service. `how` says in a few words what was found, for the person who looks on. */
export type Provider = (environment: NodeJS.ProcessEnv, cleanup: Cleanup) => Promise<Found>;

/** A service for the tests. */
export type Found = Provided & { readonly how: string };

/** The full path of the first of these programs that is installed. */
export function findProgram(names: readonly string[], environment: NodeJS.ProcessEnv): string | undefined {
  const folders = [...(environment['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/bin', '/usr/local/sbin'];
  const paths = names.flatMap((name) => folders.filter((folder) => folder !== '').map((folder) => join(folder, name)));
  return paths.find(isExecutable);
}

/** There is no such service; `why` begins a sentence about it. */
export function missing(why: string): Found {
  return { missing: why, how: why };
}

/** A port of 127.0.0.1 that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port');
  return address.port;
}

/** Repeats `attempt` until it succeeds; throws its last error after `milliseconds`, or at once when `isOver` says so. */
export async function retry(attempt: () => Promise<void>, milliseconds: number, isOver: () => boolean): Promise<void> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (isOver() || Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
