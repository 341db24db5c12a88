import { SERVICES, type ServiceName } from '#platform/kernel/services.ts';

/**
 * A route of the gateway: what begins with `path` goes to `service`, unchanged. `none`: the gateway answers 404 itself, however the path
 * is spelled. `gateway`: it answers how it is itself.
 */
export type GatewayRoute = {
  readonly path: string;
  readonly service: ServiceName | 'none' | 'gateway';
  readonly timeoutSeconds: number;
};

/** The largest request that is let through; services have narrower limits of their own. */
export const BODY_BYTES_MAX = 26 * 1024 * 1024;

/** Headers that say who calls or where to, which nobody may send from outside. */
export const PRIVATE_HEADERS: readonly string[] = ['X-User-Id', 'X-Service', 'X-Original-URL', 'X-Rewrite-URL', 'X-HTTP-Method-Override'];

const TIMEOUT_SECONDS = 30;
const EXPORT_TIMEOUT_SECONDS = 300;

/**
 * The one route table: from it come the in-process mounting, the proxy of `npm run start:services` and Kong's file.
 * First match wins; whatever is no service's API goes to the core, which serves the screens and the merged documents.
 */
export const GATEWAY_ROUTES: readonly GatewayRoute[] = [
  { path: '/healthz', service: 'gateway', timeoutSeconds: TIMEOUT_SECONDS },
  { path: '/readyz', service: 'gateway', timeoutSeconds: TIMEOUT_SECONDS },
  ...['/metrics', '/internal', ...SERVICES.map(({ name }) => `/api/${name}/internal`)].map((path) => ({
    path,
    service: 'none' as const,
    timeoutSeconds: TIMEOUT_SECONDS,
  })),
  ...SERVICES.map((service) => ({
    path: `/api/${service.name}`,
    service: service.name,
    timeoutSeconds: EXPORT_TIMEOUT_SECONDS,
  })),
  { path: '/', service: 'platform', timeoutSeconds: TIMEOUT_SECONDS },
];

/** The route of a request path. `/api/offers` matches `/api/offers` and what lies below, never `/api/offers-old`. */
export function routeOf(path: string): GatewayRoute | undefined {
  return GATEWAY_ROUTES.find((route) => route.path === '/' || isBelow(route.service === 'none' ? path.toLowerCase() : path, route.path));
}

function isBelow(path: string, top: string): boolean {
  return path === top || path.startsWith(`${top}/`);
}
