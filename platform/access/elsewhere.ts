import { Refusal } from '#platform/kernel/errors.ts';
import type { Elsewhere } from '#platform/kernel/elsewhere.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';
import type { RecordValues, WorkQuery } from '#platform/kernel/module.ts';
import type { PublicLink } from '#platform/kernel/public-page.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { serviceNamed, type ServiceName } from '#platform/kernel/services.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { ServiceClient } from './service-client.ts';

const PAGE_SIZE = 100;

/** Reads as the service itself, over the owner's ordinary API. */
export function openElsewhere(client: Pick<ServiceClient, 'request' | 'bytes'>, schema: () => SchemaIndex): Elsewhere {
  return Object.freeze({
    pages: async function* <R extends RecordValues>(object: string, query: WorkQuery) {
      const { owner, path } = placeOf(schema(), object);
      for (let cursor: string | null = ''; cursor !== null;) {
        const { status, body } = await client.request(owner, { method: 'GET', path: `${path}?${parameters(query, cursor)}` });
        if (status !== 200 || !isRecord(body) || !isList(body['items'])) throw unanswered(owner, status, 'records');
        yield trusted<readonly R[]>(body['items']);
        cursor = typeof body['next'] === 'string' ? body['next'] : null;
      }
    },
    document: (object: string, id: string) => {
      const { owner, path } = placeOf(schema(), object);
      return client.bytes(owner, `${path}/${id}/pdf`);
    },
    links: async (object: string, id: string) => {
      const { owner, path } = placeOf(schema(), object);
      const { status, body } = await client.request(owner, { method: 'GET', path: `${path}/${id}/links` });
      if (status === 404) return [];
      if (status !== 200 || !isRecord(body) || !isList(body['items'])) throw unanswered(owner, status, 'links');
      return trusted<readonly PublicLink[]>(body['items']);
    },
  });
}

function unanswered(owner: ServiceName, status: number, what: string): Refusal {
  return new Refusal('core_unreachable', `The service ${owner} answered ${status} for ${what} of its own.`, { retryAfterSeconds: 2 });
}

function parameters({ filter, sort, fields, limit }: WorkQuery, cursor: string): string {
  const said = { filter: filter && JSON.stringify(filter), sort, fields, limit: String(limit ?? PAGE_SIZE), cursor: cursor || undefined };
  return new URLSearchParams(Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))).toString();
}

function placeOf(schema: SchemaIndex, name: string): { readonly owner: ServiceName; readonly path: string } {
  const object = schema.foreign.get(name) ?? schema.byName.get(name);
  const owner = object && serviceNamed(object.module)?.name;
  if (!object || !owner) throw new Error(`This service knows no object ${name}: a lookup must name it first.`);
  return { owner, path: `/api/${owner}/${object.collection}` };
}
