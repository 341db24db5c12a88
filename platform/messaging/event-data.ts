import type { Database } from '#platform/data/database.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Route } from '#platform/kernel/route.ts';

/** Where the data of a large event are to be had: its place in its producer's outbox, as that service's own address. */
export function dataRefOf(module: string, position: string): string {
  return `/api/${module}/internal/events/${position}`;
}

/** `GET /internal/events/{position}`, for other services: the data of an event that travelled without them. */
export function eventDataRoute(database: Database): Route {
  return {
    method: 'GET',
    path: '/internal/events/:position',
    access: 'service',
    handler: async ({ params }) => {
      const position = params['position'] ?? '';
      const [row] = /^\d{1,18}$/.test(position)
        ? await database.read({ text: 'select id, data from platform.outbox where position = $1::bigint', values: [position] })
        : [];
      if (!row) throw new Refusal('not_found', 'There is no such event.');
      return { status: 200, body: `{"id":"${row[0]}","data":${row[1]}}` };
    },
  };
}
