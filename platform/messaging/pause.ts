/** A sleeper that can be woken: waking before the sleep begins is remembered, many wakes are one. */
export type Sleeper = { readonly sleep: (milliseconds: number) => Promise<void>; readonly wake: () => void };

/** Makes a sleeper. A sleeping one keeps no process alive. */
export function openSleeper(): Sleeper {
  let woken = false;
  let end: (() => void) | null = null;
  const wake = (): void => {
    woken = true;
    end?.();
  };
  const sleep = async (milliseconds: number): Promise<void> => {
    if (!woken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds).unref();
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    end = null;
    woken = false;
  };
  return Object.freeze({ sleep, wake });
}

/** Waits; returns early, without an error, when the signal is aborted. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    signal?.addEventListener('abort', finish);
  });
}

/** The wait before attempt `attempt` (from 1) of something that fails: doubling, with jitter, up to a maximum. */
export function backoff(attempt: number, limits: { first: number; most: number }): number {
  return Math.min(limits.most, limits.first * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
}
