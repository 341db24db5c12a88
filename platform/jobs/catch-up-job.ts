import type { Database } from '#platform/data/database.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { SERVICES, serviceNamed, type ServiceName } from '#platform/kernel/services.ts';
import { enqueue } from './job.ts';
import type { Runner } from './runner.ts';

const KIND = 'catchUp';

/** What is asked of a producer: its events of these topics since an instant, sent to the service that asks. */
export type CatchUp = { readonly since: string; readonly patterns: readonly string[] };

/**
 * How long before the last event that was handled another one may have been published and not handled. Events come in the order in which
 * they were published but for those that are being tried again, and are published at once but for a producer that has no way to the broker.
 */
const MARGIN = '1 hour';

/**
 * Makes a job for each service whose events may have been missed. A service that has never handled one has missed nothing: it begins with
 * what happens from now on, and its mirrors are filled by their owners.
 */
export async function askCatchUp(database: Database, patterns: readonly string[]): Promise<void> {
  const [row] = await database.read({
    text: `select to_char((max(at) - interval '${MARGIN}') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from platform.inbox`,
    values: [],
  });
  const since = row?.[0];
  if (!since) return;
  for (const [producer, wanted] of byProducer(patterns))
    await enqueue(database, { kind: KIND, input: { producer, since, patterns: wanted }, by: 'service:messaging' });
}

/** Asks one producer, until it has taken the request. */
export function catchUpRunner(ask: (producer: ServiceName, wanted: CatchUp) => Promise<void>): Runner {
  return {
    kind: KIND,
    run: async ({ input }) => {
      const { producer, ...wanted } = trusted<CatchUp & { producer: string }>(input);
      const service = serviceNamed(producer);
      if (service) await ask(service.name, wanted);
      return null;
    },
  };
}

/** Patterns by the service that they begin with; those that begin with a wildcard are for all. */
function byProducer(patterns: readonly string[]): ReadonlyMap<ServiceName, readonly string[]> {
  const wanted = SERVICES.map(
    ({ name }) => [name, patterns.filter((pattern) => [name, '*', '#'].includes(pattern.split('.')[0] ?? ''))] as const,
  );
  return new Map(wanted.filter(([, some]) => some.length > 0));
}
