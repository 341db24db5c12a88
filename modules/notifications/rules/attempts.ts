/** Minutes until the next attempt, after the first, second … one; then it is given up. */
const MINUTES = [1, 5, 15, 60, 240, 720, 1440] as const;

/** How often a message is tried. */
export const ATTEMPTS_MAX = MINUTES.length + 1;

/** When a message is tried again that was tried so often, at an instant (RFC 3339). */
export function nextAttempt(attempts: number, now: string): string {
  const minutes = MINUTES[Math.min(attempts, MINUTES.length) - 1] ?? MINUTES[0];
  return new Date(Date.parse(now) + minutes * 60_000).toISOString();
}
