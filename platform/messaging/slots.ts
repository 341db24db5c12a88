/** Lets a limited number of tasks run at a time; the others wait in line. */
export type Slots = {
  readonly run: <Result>(task: () => Promise<Result>) => Promise<Result>;
  /** Runs a task beside which one slot is left alone, however many such tasks there are, and never the last: it is work of the same kind that goes another way. */
  readonly beside: <Result>(task: () => Promise<Result>) => Promise<Result>;
};

/** Makes `count` slots. */
export function openSlots(count: number): Slots {
  let running = 0;
  let others = 0;
  const line: (() => void)[] = [];
  const isFree = (): boolean => running < (others > 0 ? Math.max(1, count - 1) : count);
  const next = (): void => {
    while (line.length > 0 && isFree()) {
      running += 1;
      line.shift()?.();
    }
  };
  const run = async <Result>(task: () => Promise<Result>): Promise<Result> => {
    if (isFree()) running += 1;
    else await new Promise<void>((resolve) => line.push(resolve));
    try {
      return await task();
    } finally {
      running -= 1;
      next();
    }
  };
  const beside = async <Result>(task: () => Promise<Result>): Promise<Result> => {
    others += 1;
    try {
      return await task();
    } finally {
      others -= 1;
      next();
    }
  };
  return Object.freeze({ run, beside });
}
