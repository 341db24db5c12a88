import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Authenticator } from '#platform/access/authenticate.ts';
import type { Database } from '#platform/data/database.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Lag } from '#platform/messaging/outbox.ts';
import { authenticated } from './authenticated.ts';

/** What is measured of a service besides its requests. */
export type Measured = {
  readonly authenticator: Authenticator;
  readonly database: Pick<Database, 'pool'>;
  readonly lag: () => Promise<Lag> | null;
  readonly metadataVersion: () => number;
};

/** `observe` measures every request; `serve` answers Prometheus. */
export type Metrics = { readonly observe: RequestHandler; readonly serve: (measured: Measured) => RequestHandler };

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Measures one service in the format of Prometheus. */
export function openMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its answer, by the pattern of its route',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  });
  const observe: RequestHandler = (request, response, next) => {
    const started = performance.now();
    response.once('close', () => {
      const route = patternOf(request);
      duration.observe({ method: request.method, route, status: response.statusCode }, (performance.now() - started) / 1000);
    });
    next();
  };
  return { observe, serve: (measured) => serve(registry, measured) };
}

/** `/api/offers/:collection/:id`; what met no route is one line, so that nobody's guesses fill the memory. */
function patternOf(request: Parameters<RequestHandler>[0]): string {
  const route: unknown = request.route;
  const path = typeof route === 'object' && route !== null && 'path' in route ? route.path : undefined;
  if (typeof path !== 'string') return 'none';
  // A refusal has taken the request out of its router, and with that its base away.
  const base = request.baseUrl === '' ? /^\/api\/[a-z-]+(?=\/)/.exec(request.originalUrl)?.[0] : request.baseUrl;
  return (base ?? '') + path;
}

/** A gauge that is looked up at each scrape. */
function gauge(
  registry: Registry,
  about: { name: string; help: string; labelNames?: string[] },
  collect: (gauge: Gauge) => void | Promise<void>,
): Gauge {
  return new Gauge({
    ...about,
    registers: [registry],
    collect() {
      return collect(this);
    },
  });
}

/** The standard role of whoever scrapes, so that no program needs an administrator's key for it. */
const MONITORING = 'monitoring';

/** For administrators and the monitoring role, by session or API key. */
function serve(registry: Registry, { authenticator, ...measured }: Measured): RequestHandler {
  gauges(registry, measured);
  return async (request, response) => {
    const { permissions, roles } = await authenticated(authenticator, request);
    if (!permissions.administrator && !roles.includes(MONITORING))
      throw new Refusal('not_allowed', 'Metrics are for administrators and the role Monitoring.');
    response.setHeader('Content-Type', registry.contentType);
    response.end(await registry.metrics());
  };
}

function gauges(registry: Registry, { database, lag, metadataVersion }: Omit<Measured, 'authenticator'>): void {
  const waiting = { name: 'tessera_events_waiting', help: 'Events that wait to be published, counted up to 10,000' };
  gauge(registry, waiting, async (events) => events.set((await lag())?.events ?? 0));
  const oldest = { name: 'tessera_events_oldest_seconds', help: 'Age of the oldest event that waits' };
  gauge(registry, oldest, async (seconds) => seconds.set((await lag())?.seconds ?? 0));
  const connections = { name: 'tessera_database_connections', help: 'Connections of the pool that writes, and who waits for one' };
  gauge(registry, { ...connections, labelNames: ['state'] }, (pool) => {
    for (const [state, count] of Object.entries(database.pool())) pool.set({ state }, count);
  });
  const version = { name: 'tessera_metadata_version', help: 'Version of the metadata that is served' };
  gauge(registry, version, (served) => served.set(metadataVersion()));
}
