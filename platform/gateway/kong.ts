import { typeOf } from '#platform/http/problem.ts';
import { SERVICES } from '#platform/kernel/services.ts';
import { BODY_BYTES_MAX, GATEWAY_ROUTES, PRIVATE_HEADERS, type GatewayRoute } from './routes.ts';

/** Kong's declarative configuration (format 3.0), as plain data. */
export type KongConfig = {
  readonly _format_version: '3.0';
  readonly services: readonly KongService[];
  readonly plugins: readonly KongPlugin[];
};
type KongService = {
  readonly name: string;
  readonly url: string;
  readonly retries: 0;
  readonly connect_timeout: number;
  readonly read_timeout: number;
  readonly write_timeout: number;
  readonly routes: readonly KongRoute[];
};
type KongRoute = {
  readonly name: string;
  readonly paths: readonly string[];
  readonly strip_path: false;
  readonly preserve_host: true;
  readonly request_buffering: false;
  readonly response_buffering: false;
  readonly plugins?: readonly KongPlugin[];
};
type KongPlugin = { readonly name: string; readonly config: { readonly [key: string]: unknown } };

/**
 * Kong's file from the route table. No authentication plugin: services check credentials themselves. `retries: 0`, because a write
 * must not be sent twice; the client repeats with its Idempotency-Key. Sizes and time-outs follow the HTTP contract.
 */
export function kongConfig(): KongConfig {
  return {
    _format_version: '3.0',
    services: SERVICES.map(({ name, port }) => ({
      name,
      url: `http://${name}:${port}`,
      retries: 0,
      connect_timeout: 2000,
      read_timeout: 300_000,
      write_timeout: 300_000,
      routes: GATEWAY_ROUTES.flatMap((route) => kongRoutes(route, name)),
    })),
    plugins: [
      { name: 'correlation-id', config: { header_name: 'X-Correlation-Id', generator: 'uuid', echo_downstream: true } },
      { name: 'request-size-limiting', config: { allowed_payload_size: BODY_BYTES_MAX / 1024 / 1024, size_unit: 'megabytes' } },
      { name: 'request-transformer', config: { remove: { headers: PRIVATE_HEADERS } } },
    ],
  };
}

/** Nothing is buffered: uploads and downloads are streamed, server-sent events arrive as they are sent. */
const UNCHANGED = { strip_path: false, preserve_host: true, request_buffering: false, response_buffering: false } as const;

/** What Kong answers itself hangs on the core, because a route needs a service. */
function kongRoutes(route: GatewayRoute, service: string): readonly KongRoute[] {
  const name = routeName(route);
  if (route.service === 'none' || route.service === 'gateway') {
    if (service !== 'platform') return [];
    const path = route.service === 'none' ? `~/(?i)${route.path.slice(1)}(/|$)` : `~${route.path}$`;
    return [{ name, paths: [path], ...UNCHANGED, plugins: [route.service === 'none' ? REFUSED : WELL] }];
  }
  if (route.service !== service) return [];
  return [{ name, paths: [route.path === '/' ? '/' : `~${route.path}(/|$)`], ...UNCHANGED }];
}

const WELL: KongPlugin = { name: 'request-termination', config: { status_code: 200, content_type: 'text/plain', body: 'ok' } };

/** The problem that a service answers for an address that does not exist; Kong has no trace of its own. */
const REFUSED: KongPlugin = {
  name: 'request-termination',
  config: {
    status_code: 404,
    content_type: 'application/problem+json; charset=utf-8',
    body: JSON.stringify({
      type: typeOf('not_found'),
      title: 'Not found',
      status: 404,
      code: 'not_found',
      detail: 'There is nothing at this address.',
      errors: [],
    }),
  },
};

function routeName(route: GatewayRoute): string {
  return route.path === '/' ? 'screens' : route.path.slice(1).replaceAll('/', '-');
}
