import { availableParallelism } from 'node:os';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { askWhoIs, coreSource } from './access/core-client.ts';
import { openServiceClient, type ServiceClient } from './access/service-client.ts';
import { openServiceTokens, type ServiceTokens } from './access/service-token.ts';
import type { Introspect } from './access/authenticate.ts';
import { rememberWho } from './access/remember-who.ts';
import type { Cache } from './cache/cache.ts';
import { openMemoryCache } from './cache/memory-cache.ts';
import { openRedisCache } from './cache/redis-cache.ts';
import { anchorReactions } from './core/anchors.ts';
import { coreApi } from './core/api.ts';
import { createCore, type Core } from './core/core.ts';
import { globalSearchRoute } from './core/global-search.ts';
import { askFit } from './core/service-questions.ts';
import { introspect } from './core/identity/introspect.ts';
import { namesOfRoles, seedRoles } from './core/identity/seed-roles.ts';
import { renewSetupToken } from './core/identity/setup.ts';
import { mentionReactions } from './core/mentions.ts';
import { coreModule } from './core/module.ts';
import { checkServer } from './data/prepare/check-server.ts';
import { openConnectionBudget } from './data/connection-budget.ts';
import type { SchemaSource } from './data/schema-sync.ts';
import { openPrinters } from './documents/printer.ts';
import { createApp } from './http/app.ts';
import { drain, listen } from './http/listen.ts';
import { mountRoutes } from './http/mount-routes.ts';
import { openMetrics, type Metrics } from './http/metrics.ts';
import type { Readiness } from './http/readiness.ts';
import { openLog, type Log } from './http/log.ts';
import { docsRouter } from './http/openapi/docs.ts';
import type { ApiSource } from './http/openapi/document.ts';
import { documentRouter } from './http/openapi/router.ts';
import type { RequestHandler, Router } from './http/service-router.ts';
import { startingRouter } from './http/starting.ts';
import { Refusal } from './kernel/errors.ts';
import type { Module } from './kernel/module.ts';
import { SERVICES, type ServiceName } from './kernel/services.ts';
import { loadStandard } from './metadata/load.ts';
import { moduleSchema } from './metadata/module-schema.ts';
import { readSeeds } from './metadata/seeds.ts';
import { indexSchema } from './metadata/schema-index.ts';
import type { Bus } from './messaging/bus.ts';
import { openPostgresBus } from './messaging/postgres-bus.ts';
import { openRabbitmqBus } from './messaging/rabbitmq-bus.ts';
import { STANDARD_NAMES } from './messaging/rabbitmq-topology.ts';
import { openSlots } from './messaging/slots.ts';
import { CORE_TABLES, tablesOf } from './service-tables.ts';
import { databaseOf, openFoundation, startService, type Foundation, type OwnApi, type Service, type Surroundings } from './service.ts';

/** What an installation is started with, worked out by main.ts. `adminUrl` names a maintenance database. */
export type InstallationSettings = {
  readonly services: readonly ServiceName[];
  readonly host: string;
  readonly port: number;
  readonly adminUrl: string;
  readonly databasePrefix: string;
  readonly rabbitmqUrl?: string;
  readonly busPrefix: string;
  readonly redisUrl?: string;
  /** The bus to use instead of the one that the settings speak of; it is stopped with the installation. */
  readonly bus?: Bus;
  readonly secret: string;
  readonly publicUrl: string;
  readonly logLevel: string;
  readonly urlOf: (service: ServiceName) => string;
  readonly modules: readonly Module[];
};

/** The services of this process, running. `setupLink` is there while nobody can sign in. */
export type Installation = {
  readonly services: readonly Service[];
  readonly setupLink: string | null;
  readonly stop: () => Promise<void>;
};

const CONNECTIONS_MAX = 10;
/** With the two that are each pool's own, a reading lane and a relay for each of eleven services, the process keeps to 60. */
const CONNECTIONS_SHARED = 16;
const FOLDERS = {
  metadata: fileURLToPath(new URL('../metadata', import.meta.url)),
  screens: fileURLToPath(new URL('../admin-ui/dist', import.meta.url)),
};

/**
 * Starts the chosen services in this process behind one port. Relays begin when every service has subscribed,
 * so that nothing is published before its readers are there.
 */
export async function startInstallation(settings: InstallationSettings): Promise<Installation> {
  const log = openLog(settings.logLevel);
  const [alone] = settings.services.length === 1 ? settings.services : [];
  const metrics = alone === undefined ? null : openMetrics(alone);
  const started: Service[] = [];
  const routers = new Map<string, Router>(settings.services.map((name) => [name, startingRouter(name)]));
  const server = await listen(
    settings,
    createApp({
      log,
      modules: routers,
      readiness: () => readinessOf(started, settings.services.length),
      isBehindGateway: alone !== undefined || settings.publicUrl.startsWith('https://'),
      ...(metrics ? { metrics: { observe: metrics.observe, serve: served(metrics, started) } } : {}),
      ...(settings.services.includes('platform') ? { screensFolder: FOLDERS.screens } : {}),
    }),
  );
  const { adminUrl, databasePrefix } = settings;
  await checkServer(
    adminUrl,
    settings.services.map((name) => databaseOf(databasePrefix, name)),
  );
  const bus = await openBus(settings, log);
  const cache = openCache(settings, log);
  const surroundings = surroundingsOf(settings, { bus, cache, log });
  const wanted = settings.services.filter((name) => name !== 'platform');
  const [core, foundations] = await Promise.all([
    settings.services.includes('platform') ? startCore(settings, surroundings) : null,
    Promise.all(wanted.map((name) => openFoundation(surroundings, name, tablesOf(settings.modules, name)))),
  ]);
  if (core) {
    routers.set('platform', core.service.router);
    routers.set('openapi.json', core.documents);
    routers.set('search', core.search);
    routers.set('docs', docsRouter(core.service.authenticator));
  }
  const others = await Promise.all(foundations.map((foundation) => startOther(settings, surroundings, foundation)));
  for (const service of others) routers.set(service.name, service.router);
  const services = [...(core ? [core.service] : []), ...others];
  for (const service of services) service.begin();
  started.push(...services);
  const stop = (): Promise<void> => stopAll(server, services, surroundings);
  try {
    const token = core ? await renewSetupToken(core.service.store) : null;
    return Object.freeze({ services, setupLink: token === null ? null : `${settings.publicUrl}/setup?token=${token}`, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Of one service its own; of several whether all are, the checks of each under its name. */
async function readinessOf(started: readonly Service[], wanted: number): Promise<Readiness> {
  if (started.length < wanted) return { ready: false, checks: [{ name: 'start', state: 'failed', detail: 'the service is starting' }] };
  const [first, ...others] = await Promise.all(started.map((service) => service.readiness()));
  if (first && others.length === 0) return first;
  return { ready: [first, ...others].every((one) => one?.ready === true), checks: [] };
}

/** The metrics of the one service of this process, once it has started. */
function served(metrics: Metrics, started: readonly Service[]): RequestHandler {
  let handler: RequestHandler | null = null;
  return (request, response, next) => {
    const [service] = started;
    if (!service) throw new Refusal('core_unreachable', 'The service is starting.', { retryAfterSeconds: 1 });
    handler ??= metrics.serve({
      authenticator: service.authenticator,
      database: service.store.database,
      lag: service.lag,
      metadataVersion: () => service.store.schema().version,
    });
    return handler(request, response, next);
  };
}

function openBus(settings: InstallationSettings, log: Log): Promise<Bus> | Bus {
  if (settings.bus) return settings.bus;
  if (!settings.rabbitmqUrl) return openPostgresBus();
  const name = settings.services.join(' ');
  return openRabbitmqBus({
    url: settings.rabbitmqUrl,
    name,
    names: { exchange: `${settings.busPrefix}${STANDARD_NAMES.exchange}`, queues: `${settings.busPrefix}${STANDARD_NAMES.queues}` },
    onProblem: (error) => log.warn({ reason: reasonOf(error) }, 'RabbitMQ does not answer as it should; it will be tried again'),
  });
}

/** What is away tells why in a sentence; where in our code it was noticed says nothing. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function openCache(settings: InstallationSettings, log: Log): Cache {
  if (!settings.redisUrl) return openMemoryCache();
  return openRedisCache({
    url: settings.redisUrl,
    prefix: `${settings.busPrefix}tessera:`,
    onProblem: (error) => log.warn({ reason: reasonOf(error) }, 'Redis does not answer; the memory of this process does meanwhile'),
  });
}

function surroundingsOf(settings: InstallationSettings, shared: { bus: Bus; cache: Cache; log: Log }): Surroundings {
  const { adminUrl, databasePrefix, secret, publicUrl } = settings;
  return {
    adminUrl,
    databasePrefix,
    secret,
    publicUrl,
    connections: CONNECTIONS_MAX,
    budget: openConnectionBudget(CONNECTIONS_SHARED),
    printers: openPrinters(),
    bulk: openSlots(availableParallelism()),
    ...shared,
  };
}

type StartedCore = { readonly service: Service; readonly documents: Router; readonly search: Router };

async function startCore(settings: InstallationSettings, surroundings: Surroundings): Promise<StartedCore> {
  const { tokens, client } = partyOf(settings, 'platform');
  const foundation = await openFoundation(surroundings, 'platform', CORE_TABLES);
  const standard = await loadStandard(FOLDERS.metadata);
  let roleNames = async (): Promise<readonly string[]> => standard.roles.map(({ name }) => name);
  const core = await createCore({
    store: foundation,
    standard,
    modules: SERVICES.map(({ name }) => name),
    fit: askFit(client),
    roles: () => roleNames(),
  });
  const source: SchemaSource = {
    pull: async (since) => (await core.schema('platform', since)).schema,
    report: (version, error) => core.services.report('platform', version, error),
  };
  const own = coreApi(core, { client, isHttps: settings.publicUrl.startsWith('https://'), modules: settings.modules });
  let whoIs: Introspect = async () => null;
  const service = await startService(surroundings, {
    foundation,
    module: {
      ...coreModule,
      jobs: [...coreModule.jobs, dropExpiredDaily(core)],
      reactions: [...coreModule.reactions, ...mentionReactions(foundation.database), ...anchorReactions(foundation.database)],
    },
    source,
    introspect: (token, since) => whoIs(token, since),
    tokens,
    client,
    own,
  });
  whoIs = (token) => introspect(service.store, token);
  await seedRoles(service.store, standard.roles);
  roleNames = () => namesOfRoles(service.store);
  const search = globalSearchRoute(core, client);
  return {
    service,
    documents: wholeDocument(core, service, { ...own(service.store, service.authenticator.forget), topRoutes: [search] }),
    search: mountRoutes([{ ...search, path: '/' }], service.authenticator),
  };
}

/** The document of all modules at once: the core knows the metadata of all, so it makes it alone in both shapes. */
function wholeDocument(core: Core, { authenticator, commonRoutes }: Service, own: OwnApi & Pick<ApiSource, 'topRoutes'>): Router {
  const sources = async (): Promise<readonly ApiSource[]> => {
    const { objects, version } = await core.state();
    return SERVICES.map(({ name }) => {
      const module = { module: name, objects: indexSchema(moduleSchema(objects, name, version)).objects };
      return name === 'platform' ? { ...module, ...own, routes: [...own.routes, ...commonRoutes] } : { ...module, routes: commonRoutes };
    });
  };
  return documentRouter('/', { authenticator, version: async () => (await core.state()).version, sources });
}

/** What was retired 30 days ago goes at night, and its data with it. */
function dropExpiredDaily(core: Core): Module['jobs'][number] {
  return { name: 'drop-expired', schedule: '30 2 * * *', run: async () => void (await core.dropExpired()) };
}

async function startOther(settings: InstallationSettings, surroundings: Surroundings, foundation: Foundation): Promise<Service> {
  const { tokens, client } = partyOf(settings, foundation.name);
  const module = settings.modules.find((one) => one.name === foundation.name);
  return startService(surroundings, {
    foundation,
    module,
    source: coreSource(client, foundation.name),
    introspect: rememberWho(surroundings.cache, askWhoIs(client)),
    shipped: await readSeeds(FOLDERS.metadata, foundation.name),
    tokens,
    client,
  });
}

function partyOf(settings: InstallationSettings, self: ServiceName): { tokens: ServiceTokens; client: ServiceClient } {
  const tokens = openServiceTokens(settings.secret, self);
  return { tokens, client: openServiceClient({ tokens, urlOf: settings.urlOf }) };
}

async function stopAll(server: Server, services: readonly Service[], { bus, cache, printers }: Surroundings): Promise<void> {
  await drain(server);
  await Promise.all(services.map((service) => service.stop()));
  printers.stop();
  await bus.stop();
  await cache.close();
}
