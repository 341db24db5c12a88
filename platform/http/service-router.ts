import { Router } from 'express';

/** Routers one after the other, as one: the first that knows an address answers it. */
export function routerOf(parts: readonly Router[]): Router {
  const router = Router();
  for (const part of parts) router.use(part);
  return router;
}

export type { RequestHandler, Router } from 'express';
