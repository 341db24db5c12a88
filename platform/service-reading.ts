import { chainRoute } from './http/chain-route.ts';
import { numberSeriesRoute } from './http/number-series-route.ts';
import { reportRoutes } from './http/reports/report-routes.ts';
import { searchRoute } from './http/search-route.ts';
import { streamRoute } from './http/stream-route.ts';
import type { Route } from './kernel/route.ts';
import type { Running } from './service-jobs.ts';
import { templateRoutes } from './documents/template-routes.ts';
import { questionRoutes } from './http/question-routes.ts';
import { eventDataRoute } from './messaging/event-data.ts';
import { watchOutbox } from './messaging/outbox-watch.ts';

/** What is read beside records: their changes as they happen, a search over them, how their documents look, and what other services ask. */
export function readingRoutes(running: Running): readonly Route[] {
  const { store, sync, documents, problem } = running;
  const stream = streamRoute(watchOutbox(store.database, problem), sync.current);
  return [
    stream,
    searchRoute(store),
    chainRoute(store),
    numberSeriesRoute(store),
    ...reportRoutes(store, documents),
    ...templateRoutes(documents, store),
    ...questionRoutes(store),
    eventDataRoute(store.database),
  ];
}
