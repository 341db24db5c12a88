import type { Database } from '#platform/data/database.ts';
import type { Json } from '#platform/kernel/model.ts';
import type { Module } from '#platform/kernel/module.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { SERVICES, serviceNamed, type ServiceName } from '#platform/kernel/services.ts';
import { enqueue, type NewJob } from '#platform/data/new-job.ts';
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
 * what happens from now on, and its mirrors are filled by their owners. Answers who is asked.
 */
export async function askCatchUp(database: Database, patterns: readonly string[]): Promise<readonly ServiceName[]> {
  const [row] = await database.read({ text: SINCE, values: [] });
  const since = row?.[0];
  if (!since) return [];
  const asked = byProducer(patterns);
  for (const [producer, wanted] of asked)
    await enqueue(database, { kind: KIND, input: { producer, since, patterns: wanted }, by: 'service:messaging' });
  return [...asked.keys()];
}

const ALL_AFTER_MINUTES = 10;
const BEGINNING = '1970-01-01T00:00:00.000Z';

/**
 * Makes a job, once for ever, for each service whose past a module's reactions want to hear. In one stream, so that it comes in its order; what of it
 * was handled already, the inbox knows. On an installation that is new there is nothing to hear.
 */
export async function askPast(database: Database, { reactions }: Pick<Module, 'reactions'>): Promise<void> {
  const wanted = Map.groupBy(
    reactions.filter((reaction) => reaction.fromTheBeginning === true),
    ({ module }) => module,
  );
  for (const [producer, some] of wanted) {
    const patterns = [...new Set(some.map(({ module, type }) => `${module}.${type}`))];
    const key = `${KIND}:${some
      .map(({ name }) => name)
      .toSorted((a, b) => a.localeCompare(b))
      .join()}`;
    const job = { kind: KIND, key, input: { producer, since: BEGINNING, patterns }, by: 'service:messaging' };
    if (producer === '*') await askAll(database, job);
    else await enqueue(database, job);
  }
}

/** Who hears everything asks all services, when the installation has had time to start: there is much to send, and nobody waits for it. */
async function askAll(
  database: Database,
  job: Omit<NewJob, 'input'> & { readonly input: { readonly [name: string]: Json } },
): Promise<void> {
  const runAfter = new Date(Date.now() + ALL_AFTER_MINUTES * 60_000).toISOString();
  for (const { name } of SERVICES)
    await enqueue(database, { ...job, key: `${job.key}@${name}`, input: { ...job.input, producer: name }, runAfter });
}

/** The inbox is never emptied: the last days first, which its index finds, and all of it only where nothing came for long. */
const SINCE = `select to_char((coalesce(
    (select max(at) from platform.inbox where at > now() - interval '1 day'),
    (select max(at) from platform.inbox where at > now() - interval '60 days'),
    (select max(at) from platform.inbox)) - interval '${MARGIN}') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

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
