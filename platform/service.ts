import { askOwnViews, coreAnswers, type AskOwnViews } from './access/core-client.ts';
import { openAuthenticator, type Authenticator, type Introspect } from './access/authenticate.ts';
import { openElsewhere } from './access/elsewhere.ts';
import { openEventData } from './access/event-data.ts';
import { forgetCallers } from './access/forget-callers.ts';
import { openForeignRecords, type ForeignRecords } from './access/foreign-records.ts';
import { openMarks } from './access/marks.ts';
import { openPublicLinks, type PublicLinks } from './access/public-links.ts';
import type { ServiceClient } from './access/service-client.ts';
import type { ServiceTokens } from './access/service-token.ts';
import type { Cache } from './cache/cache.ts';
import type { ConnectionBudget } from './data/connection-budget.ts';
import { openDatabase, type Database } from './data/database.ts';
import type { Shipped } from './data/shipped/keep-shipped.ts';
import { openDocuments, type Documents } from './documents/documents.ts';
import type { Printers } from './documents/printer.ts';
import { prepareDatabase, type Migrations } from './data/prepare/prepare-database.ts';
import { pollSchema } from './data/schema-poll.ts';
import { openSchemaSync, type SchemaSource, type SchemaSync } from './data/schema-sync.ts';
import type { Store } from './data/store.ts';
import { eventsOf } from './http/common-events.ts';
import { fileRouter } from './http/files/router.ts';
import { mountPublicRoutes, mountRoutes } from './http/mount-routes.ts';
import type { ApiSource } from './http/openapi/document.ts';
import { documentRouter } from './http/openapi/router.ts';
import { publicPageRoutes } from './http/public-pages.ts';
import { refuseOtherMethods } from './http/other-methods.ts';
import { openReadiness, readinessRoute, type Readiness } from './http/readiness.ts';
import type { Log } from './http/log.ts';
import { recordRouter } from './http/records/router.ts';
import { webhookRoutes } from './http/webhook-routes.ts';
import { wordsOf, routerOf, type Router } from './http/service-router.ts';
import { askCatchUp, askPast } from './jobs/catch-up-job.ts';
import { mirrorAndFollow } from './jobs/merge-job.ts';
import { Refusal } from './kernel/errors.ts';
import type { PlatformEvent } from './kernel/event.ts';
import { defineModule, type Module } from './kernel/module.ts';
import type { Route } from './kernel/route.ts';
import { serviceNamed, type ServiceName } from './kernel/services.ts';
import type { Bus } from './messaging/bus.ts';
import { openConsumers } from './messaging/consumer.ts';
import { isTemporary } from './messaging/failure.ts';
import { deadLetterRoutes } from './messaging/dead-letter-routes.ts';
import type { Lag } from './messaging/outbox.ts';
import { startRelay, type Relay } from './messaging/relay.ts';
import type { Slots } from './messaging/slots.ts';
import { subscribeService, type ServiceSubscription, type SubscribeOptions } from './messaging/subscriptions.ts';
import { startJobs, type Running } from './service-jobs.ts';
import { react } from './service-reactions.ts';
import { readingRoutes } from './service-reading.ts';

/** What every service of a process shares. */
export type Surroundings = {
  readonly adminUrl: string;
  readonly databasePrefix: string;
  readonly secret: string;
  /** Where people reach the installation. */
  readonly publicUrl: string;
  /** The most connections of one service's pool. */
  readonly connections: number;
  /** What the pools of this process share. */
  readonly budget: ConnectionBudget;
  readonly bus: Bus;
  readonly cache: Cache;
  readonly log: Log;
  /** What prints for all services of this process. */
  readonly printers: Printers;
  /** Where services catch up with many events at once. */
  readonly bulk: Slots;
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
  /** Records that come with the product. */
  readonly shipped?: readonly Shipped[];
  /** Routes of its own, before the record API. */
  readonly own?: (store: Store, forget: () => void) => OwnApi;
};

/** What a service serves beside what every service does. `schemas` are those that the routes' documentation names. */
export type OwnApi = Pick<ApiSource, 'routes' | 'publicRoutes' | 'schemas'>;

/** A module, running: its database, its queues, its API. */
export type Service = {
  readonly name: ServiceName;
  readonly router: Router;
  readonly store: Store;
  readonly authenticator: Authenticator;
  readonly sync: SchemaSync;
  /** The routes that every service has. */
  readonly commonRoutes: readonly Route[];
  /** Starts publishing and working: when all who read are subscribed. */
  readonly begin: () => void;
  /** Whether it can serve, and why not. */
  readonly readiness: () => Promise<Readiness>;
  /** Events that wait to be published; null before `begin`. */
  readonly lag: () => Promise<Lag> | null;
  readonly stop: () => Promise<void>;
};

/** The name of a service's database. */
export function databaseOf(prefix: string, name: ServiceName): string {
  return `${prefix}${serviceNamed(name)?.database ?? name}`;
}

/** Prepares and opens the database of a service. Throws DatabaseError. */
export async function openFoundation(surroundings: Surroundings, name: ServiceName, tables: Migrations = {}): Promise<Foundation> {
  const database = databaseOf(surroundings.databasePrefix, name);
  const { appUrl, migratorUrl } = await prepareDatabase({
    adminUrl: surroundings.adminUrl,
    database,
    secret: surroundings.secret,
    tables,
  });
  let wake = (): void => undefined;
  return Object.freeze({
    name,
    database: openDatabase({ name, url: appUrl, connections: surroundings.connections, budget: surroundings.budget }),
    migratorUrl,
    wake: () => wake(),
    onWake: (woken: () => void) => (wake = woken),
  });
}

/** Seconds in which services that start together may not find each other yet. */
const STARTING_SECONDS = 20;

/** What the course of things brings is nothing to warn of: services that are still starting, metadata that change while one reads, an event that came before what it builds on. */
function isOrdinary(error: unknown): boolean {
  if (error instanceof Refusal && ['schema_behind', 'still_running'].includes(error.code)) return true;
  return isTemporary(error) && process.uptime() < STARTING_SECONDS;
}

function problemLog(log: Surroundings['log'], service: string): (error: unknown) => void {
  return (error) => log[isOrdinary(error) ? 'info' : 'warn']({ err: error, service }, 'It will be tried again');
}

/** Starts a service on its foundation: schema, subscription, relay, jobs, and the router of its API. */
export async function startService(surroundings: Surroundings, options: ServiceOptions): Promise<Service> {
  const { foundation } = options;
  const { name, database, wake } = foundation;
  const problem = problemLog(surroundings.log, name);
  let swapped = (): Promise<void> => Promise.resolve();
  let wakeJobs = (): void => undefined;
  const { migratorUrl } = foundation;
  const sync = await openSchemaSync({ module: name, database, migratorUrl, source: options.source, onSwap: () => swapped() });
  const foreign = openForeignRecords(options.client, sync);
  const authenticator = openAuthenticator({ introspect: options.introspect, tokens: options.tokens });
  const module = withCommon(options.module ?? defineModule({ name, objects: [] }), authenticator);
  const { store, documents, links } = openParts(surroundings, options, { sync, foreign, module, wakeJobs: () => wakeJobs() });
  const running: Running = { store, sync, documents, problem };
  const missed = catchUp(foundation, surroundings.log, () => wakeJobs());
  const subscription = await subscribe(running, surroundings, { missed, whole: openEventData(options.client) });
  const { bus, cache, bulk } = surroundings;
  const jobs = startJobs(running, { foreign, client: options.client, bus, bulk, shipped: options.shipped ?? [] });
  wakeJobs = jobs.wake;
  // What goes wrong is tried again at the next start.
  void askPast(database, module).then(jobs.wake, problem);
  swapped = subscription.refresh;
  const poll = await pollSchema(sync, problem);
  let relay: Relay | null = null;
  const begin = (): void => {
    swapped = () => subscription.refresh().then(jobs.followSchema);
    void jobs.followSchema();
    jobs.begin();
    relay = startRelay({ database, module: name, bus: surroundings.bus, onProblem: problem });
    foundation.onWake(relay.wake);
    relay.wake();
  };
  const lag = (): Promise<Lag> | null => relay?.lag() ?? null;
  const metadataVersion = (): number => sync.current().version;
  const coreReplies = coreAnswers(name, options.client);
  const { waiting, replayer } = subscription;
  const readiness = openReadiness({ database, metadataVersion, coreAnswers: coreReplies, lag, waiting, bus, cache });
  const deadLetters = deadLetterRoutes({ database, replayer, wake });
  const commonRoutes = [...deadLetters, ...jobs.routes, ...readingRoutes(running), readinessRoute(readiness)];
  const own = options.own?.(store, authenticator.forget);
  const router = apiOf(running, authenticator, { own, links, commonRoutes, ownViews: askOwnViews(options.client), wakeJobs: jobs.wake });
  const stop = async (): Promise<void> => {
    poll.stop();
    await jobs.stop();
    await subscription.stop();
    await relay?.stop();
    await database.close();
  };
  return Object.freeze({ name, router, store, authenticator, sync, commonRoutes, begin, readiness, lag, stop });
}

type Opened = { readonly sync: SchemaSync; readonly foreign: ForeignRecords; readonly module: Module; readonly wakeJobs: () => void };

/** The records of a service, its documents, and the links to them. */
function openParts(
  surroundings: Surroundings,
  { client, foundation }: ServiceOptions,
  { sync, foreign, module, wakeJobs }: Opened,
): { store: Store; documents: Documents; links: PublicLinks } {
  const { database, wake } = foundation;
  const { printers } = surroundings;
  const schema = sync.current;
  const links = openPublicLinks(module, surroundings);
  const documents = openDocuments({ module, database, schema, printers, fetchFile: (id) => client.file('platform', id) });
  const asked = { fetchForeign: foreign.find, commandForeign: foreign.command, reportForeign: foreign.report, usedElsewhere: foreign.uses };
  const others = { ...asked, elsewhere: openElsewhere(client, schema), linkOf: links.linkOf, markOf: openMarks(surroundings.secret) };
  return { store: Object.freeze({ module, database, schema, wake, wakeJobs, ...others, issuing: documents }), documents, links };
}

/** Notes that those who send events are asked for what may be missing, and says so to the operator. */
function catchUp({ name, database }: Foundation, log: Log, wakeJobs: () => void): SubscribeOptions['missed'] {
  return async (patterns) => {
    const producers = await askCatchUp(database, patterns);
    if (producers.length > 0) log.warn({ service: name, producers }, 'Events may be missing; who sent them is asked for them');
    wakeJobs();
  };
}

/** What every module has beside its own. */
function withCommon(module: Module, { forget }: Authenticator): Module {
  return {
    ...module,
    events: eventsOf(module),
    reactions: [...module.reactions, ...forgetCallers(forget)],
  };
}

/** What a service's API is made of beside its records. */
type Served = {
  readonly own: OwnApi | undefined;
  readonly links: PublicLinks;
  readonly commonRoutes: readonly Route[];
  readonly ownViews: AskOwnViews;
  readonly wakeJobs: () => void;
};

/** The service's own routes, those that all have, its document, and the records: the first that knows an address answers it. */
function apiOf(
  { store, sync, documents }: Running,
  authenticator: Authenticator,
  { own, links, commonRoutes, ownViews, wakeJobs }: Served,
): Router {
  const routes = [...(own?.routes ?? []), ...commonRoutes];
  const publicRoutes = [...(own?.publicRoutes ?? []), ...publicPageRoutes(store, links), ...webhookRoutes(store)];
  const source = (): ApiSource => ({ ...own, module: store.module.name, objects: store.schema().objects, routes, publicRoutes });
  const addressed = [...publicRoutes, ...routes];
  return routerOf([
    { router: mountPublicRoutes(publicRoutes), words: wordsOf(publicRoutes) },
    { router: mountRoutes(routes, authenticator), words: wordsOf(routes) },
    { router: refuseOtherMethods(addressed, (word) => store.schema().byCollection.has(word)), words: wordsOf(addressed) },
    {
      router: documentRouter('/openapi.json', { authenticator, version: () => store.schema().version, sources: () => [source()] }),
      words: ['openapi.json'],
    },
    { router: fileRouter({ store, authenticator }), words: ['files'] },
    { router: recordRouter({ store, authenticator, documents, ownViews, refreshSchema: () => sync.sync().catch(() => false), wakeJobs }) },
  ]);
}

function subscribe(
  { store, sync, problem }: Running,
  { bus, bulk }: Pick<Surroundings, 'bus' | 'bulk'>,
  asking: Pick<SubscribeOptions, 'missed' | 'whole'>,
): Promise<ServiceSubscription> {
  const { module, database, wake } = store;
  const ready = ({ metadataversion }: PlatformEvent): Promise<void> => sync.reach(metadataversion);
  return subscribeService({
    ...asking,
    bus,
    consumers: openConsumers({ database, wake, ready, whole: asking.whole, bulk, onProblem: problem }),
    module,
    schema: sync.current,
    schemaChanged: async () => void (await sync.sync()),
    mirror: (transaction, events) => mirrorAndFollow(transaction, sync.current(), events),
    react: (transaction, events, reaction) => react(store, { transaction, events }, reaction),
    onProblem: problem,
  });
}
