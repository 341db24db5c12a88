import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '#tests/support/eventually.ts';

/** The process of the PostgreSQL that runs on a cluster's folder. */
export function serverOf(cluster: string): number {
  return Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Waits until no process of this machine names the folder in its command line, and no server left its mark there. */
export async function nothingRunsOn(cluster: string): Promise<void> {
  await eventually(
    `nothing runs on ${cluster}; now: ${processesNaming(cluster).join('; ')}`,
    async () => processesNaming(cluster).length === 0 && !existsSync(join(cluster, 'postmaster.pid')),
  );
}

function processesNaming(text: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => commandLine(pid))
    .filter((line) => line.includes(text));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
