/** How tests ended. */
export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** No test at all. */
export const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };

/** Adds up. */
export function sum(all: readonly Counts[]): Counts {
  return all.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }), NONE);
}

/** The line that ends `npm test`. */
export function countsLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * Reads the totals at the end of the TAP that `node --test` writes. A cancelled test has failed, a todo is skipped. Undefined when
 * there are none, because the runner itself broke.
 */
export function countsOfTap(tap: string): Counts | undefined {
  const total = (name: string): number | undefined => {
    const found = [...tap.matchAll(new RegExp(`^# ${name} (\\d+)$`, 'gm'))].at(-1)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const [passed, failed, cancelled, skipped, todo] = ['pass', 'fail', 'cancelled', 'skipped', 'todo'].map(total);
  if (passed === undefined || failed === undefined) return undefined;
  return { passed, failed: failed + (cancelled ?? 0), skipped: (skipped ?? 0) + (todo ?? 0) };
}

/** Why tests were skipped, each reason once with how often. */
export function skipReasonsOfTap(tap: string): readonly string[] {
  const times = new Map<string, number>();
  for (const [, reason = ''] of tap.matchAll(/^ *ok \d+ - .* # SKIP ?(.*)$/gm)) times.set(reason, (times.get(reason) ?? 0) + 1);
  return [...times].map(([reason, count]) => `${count} × ${reason || 'no reason given'}`);
}

/**
 * The files, by full path, of which something failed. Undefined when that cannot be told: when the runner broke, or when what failed
 * is told by another place than its file, as tests that several files share.
 */
export function failedFilesOfTap(tap: string, testFiles: readonly string[]): readonly string[] | undefined {
  const refused = [...tap.matchAll(/^not ok .*\n(?: {2}(?!location: ).*\n)*(?: {2}location: '(.+):\d+:\d+'\n)?/gm)].map(([, file]) => file);
  const known = refused.filter((file) => file !== undefined && testFiles.includes(file));
  return refused.length > 0 && known.length === refused.length ? [...new Set(refused)].map(String) : undefined;
}

/** What counts when files that had failed passed alone: the same tests, none of them failed. */
export function passedAfterAll({ passed, failed, skipped }: Counts): Counts {
  return { passed: passed + failed, failed: 0, skipped };
}
