/** What must be undone before this process ends, the last first. */
export type Cleanup = {
  readonly add: (undo: () => void | Promise<void>) => void;
  /** Undoes everything once; one failure does not keep the others from being undone. Resolves to the failures. */
  readonly run: () => Promise<readonly unknown[]>;
};

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** An empty list of things to undo. */
export function createCleanup(): Cleanup {
  const undos: (() => void | Promise<void>)[] = [];
  const run = async (): Promise<readonly unknown[]> => {
    const failures: unknown[] = [];
    for (let undo = undos.pop(); undo; undo = undos.pop()) {
      try {
        await undo();
      } catch (error) {
        failures.push(error);
      }
    }
    return failures;
  };
  return { add: (undo) => void undos.push(undo), run };
}

/** On Ctrl-C and its like, undoes everything and exits as the shell expects it. A second signal exits at once. */
export function cleanUpOnSignals(cleanup: Cleanup): void {
  let isEnding = false;
  for (const [signal, code] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      if (isEnding) process.exit(code);
      isEnding = true;
      void cleanup.run().then(() => process.exit(code));
    });
  }
}
