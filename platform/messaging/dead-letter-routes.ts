import type { Database } from '#platform/data/database.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Route, RouteRequest } from '#platform/kernel/route.ts';
import { discardDeadLetter, fixDeadLetter, getDeadLetter, listDeadLetters, type DeadLetterFilter } from './dead-letters.ts';
import { replayDeadLetter, replayDeadLetters, type Replayer } from './replay.ts';

const FILTERS = ['state', 'consumer', 'type', 'stackHash'] as const;
const PAGING = ['limit', 'cursor'] as const;

/** The calls with which an administrator reads, fixes, replays and discards the dead letters of one service. */
export function deadLetterRoutes(service: { database: Database; replayer: Replayer; wake: () => void }): readonly Route[] {
  const { database } = service;
  const scope = (caller: Caller) => ({ ...service, by: caller.actor });
  const route = (at: Pick<Route, 'method' | 'path' | 'summary'>, answer: (request: RouteRequest) => Promise<unknown>): Route => ({
    ...at,
    access: 'administrator',
    handler: async (request) => ({ status: 200, body: await answer(request) }),
  });
  return [
    route({ method: 'GET', path: '/dead-letters', summary: 'Events that could not be handled, newest first' }, ({ query }) =>
      listDeadLetters(database, { ...filterOf(query, [...FILTERS, ...PAGING]), ...pageOf(query) }),
    ),
    route({ method: 'GET', path: '/dead-letters/:id', summary: 'One of them, with its event and the reason' }, ({ params }) =>
      getDeadLetter(database, idOf(params)),
    ),
    route({ method: 'PATCH', path: '/dead-letters/:id', summary: 'Correct the event before it is tried again' }, ({ params, body }) =>
      fixDeadLetter(database, idOf(params), eventIn(body)),
    ),
    route({ method: 'POST', path: '/dead-letters/actions/replay', summary: 'Try all that fit a filter again' }, ({ caller, body }) =>
      replayDeadLetters(scope(caller), filterOf(body ?? {}, FILTERS)),
    ),
    route({ method: 'POST', path: '/dead-letters/:id/actions/replay', summary: 'Try one again' }, ({ caller, params }) =>
      replayDeadLetter(scope(caller), idOf(params)),
    ),
    route({ method: 'POST', path: '/dead-letters/:id/actions/discard', summary: 'Put one aside for good' }, ({ caller, params }) =>
      discardDeadLetter(database, idOf(params), caller.actor),
    ),
  ];
}

function idOf(params: RouteRequest['params']): string {
  return params['id'] ?? '';
}

function eventIn(body: unknown): unknown {
  if (typeof body === 'object' && body !== null && 'event' in body && Object.keys(body).length === 1) return body.event;
  throw new Refusal('malformed_request', 'Send the fixed event as {"event": {…}}.');
}

function filterOf(given: unknown, known: readonly string[]): DeadLetterFilter {
  if (typeof given !== 'object' || given === null) throw new Refusal('malformed_request', 'Send the filter as a JSON object.');
  const entries = Object.entries(given);
  const stranger = entries.find(([name]) => !known.includes(name));
  if (stranger) throw new Refusal('unknown_name', `There is no parameter ${stranger[0]}. Known are ${known.join(', ')}.`);
  return Object.fromEntries(
    entries.filter(([name]) => FILTERS.some((filter) => filter === name)).map(([name, value]) => [name, textOf(name, value)]),
  );
}

function textOf(name: string, value: unknown): string {
  if (typeof value !== 'string') throw new Refusal('malformed_request', `${name} is one text.`);
  return value;
}

function pageOf(query: RouteRequest['query']): { limit?: number; cursor?: string } {
  const limit = query['limit'] === undefined ? undefined : Number(query['limit']);
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1 || limit > 1_000)) {
    throw new Refusal('malformed_request', 'limit is a whole number from 1 to 1,000.');
  }
  return {
    ...(limit === undefined ? {} : { limit }),
    ...(query['cursor'] === undefined ? {} : { cursor: textOf('cursor', query['cursor']) }),
  };
}
