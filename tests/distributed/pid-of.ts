import { execFileSync } from 'node:child_process';

/** The process that listens on a URL's port, as the kernel tells it; 0 when there is none. */
export function pidOf(url: string): number {
  const text = execFileSync('ss', ['-ltnpH', `sport = :${new URL(url).port}`], { encoding: 'utf8' });
  return Number(/pid=(\d+)/.exec(text)?.[1] ?? 0);
}
