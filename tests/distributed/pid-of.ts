import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const LISTENS = '0A';

/** The process that listens on a URL's port, as the kernel tells it in /proc (proc(5), net/tcp); 0 when there is none. */
export function pidOf(url: string): number {
  const port = Number(new URL(url).port).toString(16).toUpperCase().padStart(4, '0');
  const sockets = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(1));
  const fields = sockets.map((line) => line.trim().split(/\s+/));
  const inode = fields.find(([, local, , state]) => local?.endsWith(`:${port}`) && state === LISTENS)?.[9];
  const pids = inode === undefined ? [] : readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return Number(pids.find((pid) => holds(pid, `socket:[${inode}]`)) ?? 0);
}

function holds(pid: string, socket: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((descriptor) => readlinkSync(`/proc/${pid}/fd/${descriptor}`) === socket);
  } catch {
    return false;
  }
}
