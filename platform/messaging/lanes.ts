/** What a lane runs. Once it has given way the next task of its key begins, although this one goes on. */
export type LaneTask = (giveWay: () => void) => Promise<void>;

/** What several lanes run as one; each of them may give way by itself. */
export type SharedTask = (giveWay: (key: string) => void) => Promise<void>;

/** Runs tasks of one key one after the other, of different keys side by side. */
export type Lanes = {
  readonly run: (key: string, task: LaneTask) => Promise<void>;
  /** Whether a task of this key is under way, so that another one would have to wait. */
  readonly isTaken: (key: string) => boolean;
  /** Runs one task in many lanes, none of which may be taken. */
  readonly together: (keys: readonly string[], task: SharedTask) => Promise<void>;
  /** Resolves when nothing is under way. */
  readonly drained: () => Promise<void>;
};

/** Makes empty lanes. A task that fails does not hold up the next one of its key. */
export function openLanes(): Lanes {
  /** Of each key under way, what waits for it; null as long as nothing does. */
  const lines = new Map<string, (() => void)[] | null>();
  const running = new Set<Promise<unknown>>();
  const follow = (done: Promise<void>): Promise<void> => {
    const ended: Promise<unknown> = done.catch(ignore).finally(() => running.delete(ended));
    running.add(ended);
    return done;
  };
  const leave = (key: string): void => {
    const next = lines.get(key)?.shift();
    if (next) next();
    else lines.delete(key);
  };
  /** When it is the turn of the next task of a key; null: at once. */
  const turn = (key: string): Promise<void> | null => {
    const line = lines.get(key);
    if (line) return new Promise((begin) => line.push(begin));
    if (line === null) return new Promise((begin) => lines.set(key, [begin]));
    lines.set(key, null);
    return null;
  };
  const run = (key: string, task: LaneTask): Promise<void> => {
    const giveWay = once(() => leave(key));
    const before = turn(key);
    const done = before ? before.then(() => task(giveWay)) : task(giveWay);
    return follow(done.finally(giveWay));
  };
  const together = (keys: readonly string[], task: SharedTask): Promise<void> => {
    const held = new Set(keys);
    for (const key of held) lines.set(key, null);
    const giveWay = (key: string): void => {
      if (held.delete(key)) leave(key);
    };
    return follow(task(giveWay).finally(() => [...held].forEach(giveWay)));
  };
  const drained = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running);
  };
  return Object.freeze({ run, isTaken: (key: string) => lines.has(key), together, drained });
}

function once(run: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) run();
    isDone = true;
  };
}

function ignore(): void {}
