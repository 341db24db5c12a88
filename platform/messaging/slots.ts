/** Lets a limited number of tasks run at a time; the others wait in line. */
export type Slots = { readonly run: <Result>(task: () => Promise<Result>) => Promise<Result> };

/** Makes `count` slots. */
export function openSlots(count: number): Slots {
  let free = count;
  const line: (() => void)[] = [];
  const run = async <Result>(task: () => Promise<Result>): Promise<Result> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => line.push(resolve));
    try {
      return await task();
    } finally {
      const next = line.shift();
      if (next) next();
      else free += 1;
    }
  };
  return Object.freeze({ run });
}
