import type { Route } from '#platform/kernel/route.ts';
import type { Cache } from '#platform/cache/cache.ts';
import type { Database } from '#platform/data/database.ts';
import type { Bus } from '#platform/messaging/bus.ts';
import type { Consumers } from '#platform/messaging/consumer.ts';
import type { Lag } from '#platform/messaging/outbox.ts';

/** One thing a service stands on. `warning`: it works without, later or slower; `failed`: it cannot serve. */
export type Check = { readonly name: string; readonly state: 'ok' | 'warning' | 'failed'; readonly detail: string };

/** Whether a service can serve, and why not. */
export type Readiness = { readonly ready: boolean; readonly checks: readonly Check[] };

/** What is looked at. `coreAnswers` is true in the core itself. */
export type Observed = {
  readonly database: Database;
  readonly metadataVersion: () => number;
  readonly coreAnswers: () => Promise<boolean>;
  readonly lag: () => Promise<Lag> | null;
  /** Events that came and cannot be handled yet. */
  readonly waiting: Consumers['waiting'];
  readonly bus: Bus;
  readonly cache: Cache;
};

const LAG_SECONDS_MAX = 30;
const TRANSACTION_SECONDS_MAX = 10;

/** Looks at everything a service stands on, each time it is asked. Nothing of the answer is secret; hosts and users are left out. */
export function openReadiness(observed: Observed): () => Promise<Readiness> {
  const horizon = openHorizon();
  return async () => {
    const { database, bus, cache } = observed;
    const asked = [checkDatabase(database), checkMetadata(observed), checkLag(observed), checkHorizon(database, horizon)];
    const checks = [...(await Promise.all(asked)), checkConsumers(observed), checkBus(bus), checkCache(cache)];
    return { ready: checks.every((one) => one.state !== 'failed'), checks };
  };
}

function check(name: string, state: Check['state'], detail: string): Check {
  return { name, state, detail };
}

async function checkDatabase(database: Database): Promise<Check> {
  const started = performance.now();
  return database.read({ text: 'select 1', values: [] }).then(
    () => check('database', 'ok', `answers in ${(performance.now() - started).toFixed(1)} ms`),
    () => check('database', 'failed', 'does not answer'),
  );
}

async function checkMetadata({ metadataVersion, coreAnswers }: Observed): Promise<Check> {
  const version = metadataVersion();
  if (await coreAnswers()) return check('metadata', 'ok', `version ${version}; the core answers`);
  if (version === 0) return check('metadata', 'failed', 'there is none yet: the core was never reached');
  return check('metadata', 'warning', `the core cannot be reached; version ${version}, the last one known, is served`);
}

async function checkLag({ lag }: Observed): Promise<Check> {
  try {
    const waiting = await lag();
    if (!waiting) return check('events', 'warning', 'the relay has not begun');
    const detail = `${waiting.events} wait, the oldest for ${waiting.seconds.toFixed(1)} s`;
    return check('events', waiting.seconds > LAG_SECONDS_MAX ? 'warning' : 'ok', detail);
  } catch {
    return check('events', 'warning', 'cannot be counted');
  }
}

/** Since when the oldest transaction of the server is the same one: what holds back events and vacuum, whoever runs it. */
type Horizon = (oldest: string, next: string) => number;

function openHorizon(): Horizon {
  let held: { oldest: string; since: number } | null = null;
  return (oldest, next) => {
    if (oldest === next) held = null;
    else if (held?.oldest !== oldest) held = { oldest, since: Date.now() };
    return held ? (Date.now() - held.since) / 1000 : 0;
  };
}

async function checkHorizon(database: Database, horizon: Horizon): Promise<Check> {
  const text = 'select pg_snapshot_xmin(look), pg_snapshot_xmax(look) from pg_current_snapshot() as look';
  try {
    const [row] = await database.read({ text, values: [] });
    const seconds = horizon(row?.[0] ?? '', row?.[1] ?? '');
    const detail = seconds === 0 ? 'no transaction is open' : `the oldest transaction has been seen for ${seconds.toFixed(1)} s`;
    return check('transactions', seconds > TRANSACTION_SECONDS_MAX ? 'warning' : 'ok', detail);
  } catch {
    return check('transactions', 'warning', 'cannot be seen');
  }
}

function checkConsumers({ waiting }: Observed): Check {
  const { events, seconds } = waiting();
  if (events === 0) return check('consumers', 'ok', 'no event that came waits');
  const detail = `${events} that came cannot be handled yet, the first for ${seconds.toFixed(1)} s; the log says why`;
  return check('consumers', seconds > LAG_SECONDS_MAX ? 'warning' : 'ok', detail);
}

function checkBus(bus: Bus): Check {
  const { kind, connected, blocked } = bus.state();
  if (blocked !== null) return check('broker', 'warning', `${kind} takes nothing at the moment: ${blocked}`);
  return connected ? check('broker', 'ok', kind) : check('broker', 'warning', `${kind} cannot be reached; events wait in the outbox`);
}

function checkCache(cache: Cache): Check {
  const { kind, connected } = cache.state();
  return connected
    ? check('cache', 'ok', kind)
    : check('cache', 'warning', `${kind} cannot be reached; this process's memory does meanwhile`);
}

/** `GET /readiness`, for administrators and the core: what `/readyz` says at the service's own port. */
export function readinessRoute(readiness: () => Promise<Readiness>): Route {
  return {
    method: 'GET',
    path: '/readiness',
    summary: 'Whether the service can serve, and what it stands on',
    access: 'administrator',
    query: {},
    answer: { type: 'object', properties: { ready: { type: 'boolean' }, checks: { type: 'array', items: { type: 'object' } } } },
    handler: async () => ({ status: 200, body: await readiness() }),
  };
}
