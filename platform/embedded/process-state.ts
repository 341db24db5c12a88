import { readFileSync } from 'node:fs';

/** Whether a process lives. A zombie does not: it has ended and only waits to be noticed. */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return stateOf(pid)[0] !== 'Z';
}

/** When a process started, in clock ticks since boot (proc(5), field 22); empty where /proc is missing. */
export function startedAt(pid: number): string {
  return stateOf(pid)[19] ?? '';
}

/** Fields 3 and following of /proc/<pid>/stat. */
function stateOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
  } catch {
    return [];
  }
}
