import { SERVICES, type ServiceName } from '#platform/kernel/services.ts';

/** A route of the gateway: what begins with `path` goes to `service`, unchanged. `none`: the gateway answers 404 itself. */
export type GatewayRoute = {
  readonly path: string;
  readonly service: ServiceName | 'none';
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
  { path: '/metrics', service: 'none', timeoutSeconds: TIMEOUT_SECONDS },
  { path: '/internal', service: 'none', timeoutSeconds: TIMEOUT_SECONDS },
  ...SERVICES.map((service) => ({
    path: `/api/${service.name}`,
    service: service.name,
    timeoutSeconds: EXPORT_TIMEOUT_SECONDS,
  })),
  { path: '/', service: 'platform', timeoutSeconds: TIMEOUT_SECONDS },
];

/** The route of a request path. `/api/offers` matches `/api/offers` and what lies below, never `/api/offers-old`. */
export function routeOf(path: string): GatewayRoute | undefined {
  return GATEWAY_ROUTES.find((route) => route.path === '/' || path === route.path || path.startsWith(`${route.path}/`));
}
