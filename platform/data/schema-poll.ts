import type { SchemaSync } from './schema-sync.ts';

/** Milliseconds between two looks when all is well: events bring changes sooner, this finds those that got lost. */
const EVERY = 30_000;
const AGAIN_FIRST = 250;
/** A core that starts at the same time answers before; who is asked for longer than this is worth a line in the log. */
const QUIET = 4_000;

/** Asks the core for a newer schema now and every 30 s; sooner, each time after a longer pause, while it does not answer. Resolves after the first look. */
export async function pollSchema(sync: SchemaSync, onProblem: (error: unknown) => void): Promise<{ readonly stop: () => void }> {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let again = AGAIN_FIRST;
  const look = async (): Promise<void> => {
    const isInStep = await sync.sync().then(
      () => true,
      (error: unknown) => {
        if (again > QUIET) onProblem(error);
        return false;
      },
    );
    again = isInStep ? AGAIN_FIRST : Math.min(again * 2, EVERY);
    if (!isStopped) timer = setTimeout(() => void look(), isInStep ? EVERY : again).unref();
  };
  await look();
  return {
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
