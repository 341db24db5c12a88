import type { ServiceClient } from '#platform/access/service-client.ts';
import { sessionCookie } from '#platform/access/authenticate.ts';
import { FOUND, isSearched, NOTHING_FOUND, SEARCH_QUERY, searched } from '#platform/http/search-route.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import type { Route, RouteRequest } from '#platform/kernel/route.ts';
import { SERVICES, type ServiceName } from '#platform/kernel/services.ts';
import type { Core } from './core.ts';

/** A service that takes longer is left out, and named. */
const SERVICE_MILLISECONDS = 1_000;

type Group = { readonly object: string; readonly items: readonly unknown[] };
type Found = { readonly groups: readonly Group[]; readonly late: readonly string[] };

/**
 * `GET /api/search?q=&limit=`: records of every object, asked of every service that has something for the caller, with the caller's own
 * credential, so that each answers what they may see. Groups come in the order of their best records; one slow service holds nobody.
 */
export function globalSearchRoute(core: Pick<Core, 'state'>, client: ServiceClient, withinMs = SERVICE_MILLISECONDS): Route {
  return {
    method: 'GET',
    path: '/search',
    summary: 'Find records of every object of every service as somebody types',
    query: SEARCH_QUERY,
    answer: FOUND,
    handler: async (request) => {
      const { q, limit } = searched(request.query);
      if (q === '') return { status: 200, body: NOTHING_FOUND };
      const path = new URLSearchParams({ q, limit: String(limit) }).toString();
      const { objects } = await core.state();
      const asked = servicesFor(objects, request.caller);
      const answers = await Promise.all(asked.map((service) => askService(client, request, { service, path, withinMs })));
      const groups = answers.flatMap((answer) => answer.groups).toSorted((left, right) => rankOf(left) - rankOf(right));
      return { status: 200, body: { groups, late: answers.flatMap(({ late }) => late) } };
    },
  };
}

function servicesFor(objects: Awaited<ReturnType<Core['state']>>['objects'], caller: Caller): readonly ServiceName[] {
  const modules = new Set(objects.filter((object) => object.state === 'active' && isSearched(object, caller)).map(({ module }) => module));
  return SERVICES.map(({ name }) => name).filter((name) => modules.has(name));
}

async function askService(
  client: ServiceClient,
  { headers }: RouteRequest,
  { service, path, withinMs }: { service: ServiceName; path: string; withinMs: number },
): Promise<Found> {
  const credential = /^Bearer +(\S+)$/i.exec(headers['authorization'] ?? '')?.[1] ?? sessionCookie(headers['cookie']) ?? '';
  const late = { groups: [], late: [service] };
  const call = { method: 'GET', path: `/api/${service}/search?${path}`, credential, withinMs } as const;
  const answer = await client.request(service, call).catch(() => null);
  return answer?.status === 200 ? foundIn(answer.body) : late;
}

function foundIn(body: unknown): Found {
  const { groups, late } = isRecord(body) ? body : {};
  const read = (isList(groups) ? groups : []).filter(isRecord);
  return {
    groups: read.map(({ object, items }) => ({ object: plainText(object), items: isList(items) ? items : [] })),
    late: (isList(late) ? late : []).map(plainText),
  };
}

/** The best record of a group stands first in it. */
function rankOf({ items }: Group): number {
  const [best] = items;
  return isRecord(best) && typeof best['rank'] === 'number' ? best['rank'] : Number.MAX_SAFE_INTEGER;
}
