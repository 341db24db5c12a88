import type { ServiceClient } from '#platform/access/service-client.ts';
import type { Store } from '#platform/data/store.ts';
import type { PublicRoute, Route } from '#platform/kernel/route.ts';
import type { Module } from '#platform/kernel/module.ts';
import { anchorRoute } from './anchors.ts';
import { allReportsRoute } from './all-reports.ts';
import { asyncApiRoute } from './asyncapi.ts';
import type { Core } from './core.ts';
import { publicIdentityRoutes } from './identity/public-routes.ts';
import { identityRoutes } from './identity/routes.ts';
import { mentionRoutes } from './mentions.ts';
import { coreRoutes } from './routes/index.ts';
import { CORE_SCHEMAS } from './routes/schemas.ts';
import { personalDataRoute } from './personal-data/route.ts';
import { askFilled, askMisfits, askReadiness } from './service-questions.ts';

/** What the core answers beside its records. `isHttps`: people come by HTTPS; `modules` are those of all services. */
export function coreApi(
  core: Core,
  { client, isHttps, modules }: { readonly client: ServiceClient; readonly isHttps: boolean; readonly modules: readonly Module[] },
) {
  return (
    store: Store,
    forget: () => void,
  ): { readonly publicRoutes: readonly PublicRoute[]; readonly routes: readonly Route[]; readonly schemas: typeof CORE_SCHEMAS } => ({
    publicRoutes: publicIdentityRoutes(store, { forget, isHttps }),
    routes: [
      ...identityRoutes(store),
      ...mentionRoutes(core, store.database),
      anchorRoute(store.database),
      allReportsRoute(core, modules),
      asyncApiRoute(core, modules),
      personalDataRoute(core, store, client),
      ...coreRoutes(core, { reach: askReadiness(client), filled: askFilled(client), misfits: askMisfits(client) }),
    ],
    schemas: CORE_SCHEMAS,
  });
}
