/** Runs tasks of one key one after the other, of different keys side by side. */
export type Lanes = {
  readonly run: (key: string, task: () => Promise<void>) => Promise<void>;
  /** Resolves when nothing is under way. */
  readonly drained: () => Promise<void>;
};

/** Makes empty lanes. A task that fails does not hold up the next one of its key. */
export function openLanes(): Lanes {
  const tails = new Map<string, Promise<void>>();
  const run = (key: string, task: () => Promise<void>): Promise<void> => {
    const before = tails.get(key);
    const done = before ? before.then(task) : task();
    const tail = done.then(ignore, ignore).then(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
    tails.set(key, tail);
    return done;
  };
  const drained = async (): Promise<void> => {
    while (tails.size > 0) await Promise.all(tails.values());
  };
  return Object.freeze({ run, drained });
}

function ignore(): void {}
