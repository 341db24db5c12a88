import { Router, type Request, type Response } from 'express';
import { Refusal } from '#platform/kernel/errors.ts';
import type { PublicRoute, Route } from '#platform/kernel/route.ts';

/** Refuses what the addresses of routes are asked with another method. A word that names a collection is left to the records. */
export function refuseOtherMethods(routes: readonly (Route | PublicRoute)[], isCollection: (word: string) => boolean): Router {
  const router = Router({ caseSensitive: true });
  const open = routes.filter((route) => !('access' in route && route.access === 'service'));
  for (const [path, same] of Map.groupBy(open, (route) => route.path)) {
    const methods = [...new Set(same.map(({ method }) => method))];
    router.all(path, (request, response, next) => {
      if (request.method === 'OPTIONS' || isCollection(request.path.split('/', 2)[1] ?? '')) return next();
      refuseMethod(request, response, methods);
    });
  }
  return router;
}

/** Tells a caller by which methods an address is asked. */
export function refuseMethod(request: Request, response: Response, methods: readonly string[]): never {
  response.setHeader('Allow', methods.join(', '));
  throw new Refusal('method_not_allowed', `This address takes ${methods.join(', ')}, not ${request.method}.`);
}
