import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';
import { cpuOf } from './load.ts';

/** Seconds of CPU that the PostgreSQL server has used so far, all of its processes together. */
export type ServerClock = () => number;

/** The clock of the server behind a connection; it stands at zero when that is another machine. */
export async function openServerClock(client: pg.Client): Promise<ServerClock> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const server = parentOf(rows[0]?.pid ?? 0);
  return () => (server === 0 ? 0 : cpuOf(server, { ended: true }) + sum(childrenOf(server).map((pid) => cpuOf(pid))));
}

function childrenOf(server: number): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && parentOf(pid) === server);
}

/** The process that started another (proc(5), PPid); 0 where it is not known. */
function parentOf(pid: number): number {
  try {
    return Number(/PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
