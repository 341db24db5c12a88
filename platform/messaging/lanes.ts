/** What a lane runs. Once it has given way the next task of its key begins, although this one goes on. */
export type LaneTask = (giveWay: () => void) => Promise<void>;

/** Runs tasks of one key one after the other, of different keys side by side. */
export type Lanes = {
  readonly run: (key: string, task: LaneTask) => Promise<void>;
  /** Resolves when nothing is under way. */
  readonly drained: () => Promise<void>;
};

/** Makes empty lanes. A task that fails does not hold up the next one of its key. */
export function openLanes(): Lanes {
  const tails = new Map<string, Promise<void>>();
  const running = new Set<Promise<void>>();
  const run = (key: string, task: LaneTask): Promise<void> => {
    const before = tails.get(key);
    const { promise: gaveWay, resolve: giveWay } = Promise.withResolvers<void>();
    const done = before ? before.then(() => task(giveWay)) : task(giveWay);
    const ended = done.then(ignore, ignore);
    running.add(ended);
    void ended.then(() => running.delete(ended));
    const tail = Promise.race([ended, gaveWay]).then(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
    tails.set(key, tail);
    return done;
  };
  const drained = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running);
  };
  return Object.freeze({ run, drained });
}

function ignore(): void {}
