import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again until `look` answers something other than undefined and false, at most so long. Throws with what was waited for. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined | false>, seconds = 30): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Not within ${seconds} s: ${what}`);
    await sleep(50);
  }
}
