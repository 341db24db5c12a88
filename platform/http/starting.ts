import { Router } from 'express';
import { Refusal } from '#platform/kernel/errors.ts';

/** Stands in for the API of a service that is not ready yet: it will be there shortly, so 503 and not 404. */
export function startingRouter(service: string): Router {
  return Router().use(() => {
    throw new Refusal('core_unreachable', `The service ${service} is starting.`, { retryAfterSeconds: 1 });
  });
}
