import { setTimeout as pause } from 'node:timers/promises';
import type { SchemaSync } from './schema-sync.ts';

/** Milliseconds between two looks when all is well: events bring changes sooner, this finds those that got lost. */
const EVERY = 30_000;
const AGAIN_FIRST = 250;
/** A core that starts at the same time answers before; who is asked for longer than this is worth a line in the log. */
const QUIET = 4_000;

/** How long a service that has never had a schema waits for its first one before it goes on without. */
const FIRST = 10_000;

/**
 * Asks the core for a newer schema now and every 30 s; sooner, each time after a longer pause, while it does not answer. Resolves after the
 * first look; where no schema was ever applied, after the first one that the core answered, since there is nothing to serve before.
 */
export async function pollSchema(sync: SchemaSync, onProblem: (error: unknown) => void): Promise<{ readonly stop: () => void }> {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let again = AGAIN_FIRST;
  let hasAnswered = false;
  const look = async (): Promise<void> => {
    const isInStep = await sync.sync().then(
      () => true,
      (error: unknown) => {
        if (again > QUIET) onProblem(error);
        return false;
      },
    );
    hasAnswered ||= isInStep;
    again = isInStep ? AGAIN_FIRST : Math.min(again * 2, EVERY);
    if (!isStopped) timer = setTimeout(() => void look(), isInStep ? EVERY : again).unref();
  };
  const started = Date.now();
  await look();
  while (!hasAnswered && sync.current().version === 0 && Date.now() - started < FIRST) await pause(AGAIN_FIRST);
  return {
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
