import { Router } from 'express';
import { openAuthenticator, type Authenticator, type Introspect } from './access/authenticate.ts';
import type { ServiceClient } from './access/service-client.ts';
import type { ServiceTokens } from './access/service-token.ts';
import type { Cache } from './cache/cache.ts';
import { openWork, runInWork } from './data/commands/work.ts';
import { openDatabase, type Database } from './data/database.ts';
import { checkFit } from './data/ddl/check-fit.ts';
import { mirrorChange } from './data/mirrors/mirror-change.ts';
import { prepareDatabase } from './data/prepare/prepare-database.ts';
import { pollSchema } from './data/schema-poll.ts';
import { openSchemaSync, type SchemaSource, type SchemaSync } from './data/schema-sync.ts';
import type { Store } from './data/store.ts';
import { mountRoutes } from './http/mount-routes.ts';
import type { Log } from './http/log.ts';
import { recordRouter } from './http/records/router.ts';
import { jobRoutes } from './jobs/job-routes.ts';
import { runJobs, type JobWorkers, type Runner } from './jobs/runner.ts';
import { moduleJobs, startSchedules } from './jobs/schedules.ts';
import { isRecord } from './kernel/is-record.ts';
import { defineModule, type Module } from './kernel/module.ts';
import type { Route } from './kernel/route.ts';
import { trusted } from './kernel/seam.ts';
import { serviceNamed, type ServiceName } from './kernel/services.ts';
import { systemCaller } from './kernel/system-caller.ts';
import type { Bus } from './messaging/bus.ts';
import { openConsumers } from './messaging/consumer.ts';
import { deadLetterRoutes } from './messaging/dead-letter-routes.ts';
import type { Lag } from './messaging/outbox.ts';
import { startRelay, type Relay } from './messaging/relay.ts';
import { subscribeService } from './messaging/subscriptions.ts';

/** What every service of a process shares. */
export type Surroundings = {
  readonly adminUrl: string;
  readonly databasePrefix: string;
  readonly secret: string;
  /** The most connections of one service's pool. */
  readonly connections: number;
  readonly bus: Bus;
  readonly cache: Cache;
  readonly log: Log;
};

/** A service's database, open; `wake` says that the outbox has rows, once a relay runs. */
export type Foundation = {
  readonly name: ServiceName;
  readonly database: Database;
  readonly migratorUrl: string;
  readonly wake: () => void;
  readonly onWake: (wake: () => void) => void;
};

/** What makes one service different from another. */
export type ServiceOptions = {
  readonly foundation: Foundation;
  readonly module: Module | undefined;
  readonly source: SchemaSource;
  readonly introspect: Introspect;
  readonly tokens: ServiceTokens;
  readonly client: ServiceClient;
  /** Routes of its own, before the record API. */
  readonly routes?: (authenticator: Authenticator, store: Store) => readonly Router[];
};

/** A module, running: its database, its queues, its API. */
export type Service = {
  readonly name: ServiceName;
  readonly router: Router;
  readonly store: Store;
  readonly authenticator: Authenticator;
  readonly sync: SchemaSync;
  /** Starts publishing and working: when all who read are subscribed. */
  readonly begin: () => void;
  /** Events that wait to be published; null before `begin`. */
  readonly lag: () => Promise<Lag> | null;
  readonly stop: () => Promise<void>;
};

/** Prepares and opens the database of a service. Throws DatabaseError. */
export async function openFoundation(surroundings: Surroundings, name: ServiceName, tables: readonly string[] = []): Promise<Foundation> {
  const database = `${surroundings.databasePrefix}${serviceNamed(name)?.database ?? name}`;
  const { appUrl, migratorUrl } = await prepareDatabase({
    adminUrl: surroundings.adminUrl,
    database,
    secret: surroundings.secret,
    tables,
  });
  let wake = (): void => undefined;
  return Object.freeze({
    name,
    database: openDatabase({ name, url: appUrl, connections: surroundings.connections }),
    migratorUrl,
    wake: () => wake(),
    onWake: (woken: () => void) => (wake = woken),
  });
}

/** Starts a service on its foundation: schema, subscription, relay, jobs, and the router of its API. */
export async function startService(surroundings: Surroundings, options: ServiceOptions): Promise<Service> {
  const { foundation } = options;
  const { name, database, wake } = foundation;
  const module = options.module ?? defineModule({ name, objects: [] });
  const problem = (error: unknown): void => surroundings.log.warn({ err: error, service: name }, 'It will be tried again');
  let refresh = (): Promise<void> => Promise.resolve();
  const sync = await openSchemaSync({
    module: name,
    database,
    migratorUrl: foundation.migratorUrl,
    source: options.source,
    onSwap: () => refresh(),
  });
  const store: Store = Object.freeze({
    module,
    database,
    schema: sync.current,
    wake,
    fetchForeign: fetchForeign(options.client, sync),
  });
  const authenticator = openAuthenticator({ introspect: options.introspect, tokens: options.tokens });
  const consumers = openConsumers({ database, wake, onProblem: problem });
  const subscription = await subscribeService({
    bus: surroundings.bus,
    consumers,
    module,
    schema: sync.current,
    schemaChanged: async () => void (await sync.sync()),
    mirror: (transaction, event) => mirrorChange(transaction, sync.current(), event),
    react: async (transaction, event, reaction) => {
      await reaction.run(
        openWork(store, systemCaller(name), transaction, { correlationId: event.correlationid, causationId: event.id }),
        event,
      );
    },
    onProblem: problem,
  });
  refresh = subscription.refresh;
  const poll = await pollSchema(sync, problem);
  let relay: Relay | null = null;
  const begin = (): void => {
    relay = startRelay({ database, module: name, bus: surroundings.bus, onProblem: problem });
    foundation.onWake(relay.wake);
    relay.wake();
  };
  const jobs = startJobs(store, problem);
  const router = Router();
  const ownRoutes: readonly Route[] = [
    ...deadLetterRoutes({ database, replayer: subscription.replayer, wake }),
    ...jobRoutes({ database, runners: jobs.runners, wake: jobs.workers.wake }),
    fitRoute(database, sync),
  ];
  for (const own of options.routes?.(authenticator, store) ?? []) router.use(own);
  router.use(mountRoutes(ownRoutes, authenticator));
  router.use(recordRouter({ store, authenticator, refreshSchema: () => sync.sync().catch(() => false) }));
  const stop = async (): Promise<void> => {
    poll.stop();
    jobs.schedules.stop();
    await jobs.workers.stop();
    await subscription.stop();
    await relay?.stop();
    await database.close();
  };
  return Object.freeze({ name, router, store, authenticator, sync, begin, lag: () => relay?.lag() ?? null, stop });
}

type Jobs = {
  readonly workers: JobWorkers;
  readonly schedules: { readonly stop: () => void };
  readonly runners: readonly Runner[];
};

function startJobs(store: Store, onProblem: (error: unknown) => void): Jobs {
  const { schedules, runners } = moduleJobs(store.module, (job) => runInWork(store, systemCaller(store.module.name), job.run));
  const workers = runJobs({ database: store.database, runners, parallel: 1, onProblem });
  return {
    workers,
    runners,
    schedules: startSchedules({ database: store.database, schedules, wake: workers.wake, onProblem }),
  };
}

/** Asks the owner of a foreign object for a record that the mirror lacks. */
function fetchForeign(client: ServiceClient, sync: SchemaSync): Store['fetchForeign'] {
  return async (name, id) => {
    const object = sync.current().foreign.get(name);
    const owner = object && serviceNamed(object.module);
    if (!object || !owner) return null;
    const { status, body } = await client.request(owner.name, {
      method: 'GET',
      path: `/api/${owner.name}/${object.collection}/${id}`,
    });
    return status === 200 && isRecord(body) ? body : null;
  };
}

/** `POST /internal/fit`, for the core: which rows a change of a field would not fit. */
function fitRoute(database: Database, sync: SchemaSync): Route {
  return {
    method: 'POST',
    path: '/internal/fit',
    handler: async ({ caller, body }) => {
      if (caller.kind !== 'service') return { status: 404, body: { title: 'Not found' } };
      return { status: 200, body: await checkFit(database, sync.current(), trusted(body)) };
    },
  };
}
