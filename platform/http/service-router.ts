import { Router } from 'express';

/** A router, and the first words of the addresses that it knows; without them it is asked about every address. */
export type Part = { readonly router: Router; readonly words?: readonly string[] };

/** Routers one after the other, as one: the first that knows an address answers it. Those that cannot know it are not asked. */
export function routerOf(parts: readonly Part[]): Router {
  const router = Router();
  for (const { router: part, words } of parts) {
    const known = words && new Set(words);
    router.use((request, response, next) => {
      if (known && !known.has(request.path.split('/', 2)[1] ?? '')) return next();
      part(request, response, next);
    });
  }
  return router;
}

/** The first words of routes such as `/jobs/:id`. */
export function wordsOf(routes: readonly { readonly path: string }[]): readonly string[] {
  return routes.map(({ path }) => path.split('/', 2)[1] ?? '');
}

export type { RequestHandler, Router } from 'express';
