import { lookupRecords } from '#platform/data/read/lookup.ts';
import { readSource } from '#platform/data/read/source.ts';
import { openTableSizes } from '#platform/data/read/table-sizes.ts';
import { searchableFields } from '#platform/data/search.ts';
import type { Store } from '#platform/data/store.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { Route } from '#platform/kernel/route.ts';

const LIMIT = 5;
const LIMIT_MAX = 20;
const TYPED_MAX = 200;

/** Objects that take longer are left out, and named: who types wants an answer now. */
const OBJECT_MILLISECONDS = 700;

const ITEM: JsonSchema = {
  type: 'object',
  properties: {
    rank: { type: 'integer', description: '0 the key or the whole title, 1 the title begins so, 2 words of the record.' },
    id: { type: 'string', format: 'uuid' },
    title: { type: ['string', 'null'] },
  },
};

/** What a search takes, and what it answers, here and over all services. */
export const SEARCH_QUERY: { readonly [name: string]: JsonSchema } = {
  q: { type: 'string', description: 'What somebody has typed.' },
  limit: { type: 'integer', minimum: 1, maximum: LIMIT_MAX, default: LIMIT, description: 'The most records of one object.' },
};

/** The answer to nobody's having typed anything. */
export const NOTHING_FOUND = { groups: [], late: [] };

/** Records by object, the best ones first, and what took too long to be looked through. */
export const FOUND: JsonSchema = {
  type: 'object',
  required: ['groups', 'late'],
  properties: {
    groups: {
      type: 'array',
      items: { type: 'object', properties: { object: { type: 'string' }, items: { type: 'array', items: ITEM } } },
    },
    late: { type: 'array', items: { type: 'string' }, description: 'Objects, or services, that did not answer in time.' },
  },
};

/** `GET /search?q=&limit=`: records of all objects of this service that the caller may read, each object by its own index. */
export function searchRoute(store: Store): Route {
  const isSmall = openTableSizes(store.database);
  return {
    method: 'GET',
    path: '/search',
    summary: 'Find records of every object as somebody types',
    query: SEARCH_QUERY,
    answer: FOUND,
    handler: async ({ caller, query }) => {
      const asked = searched(query);
      if (asked.q === '') return { status: 200, body: NOTHING_FOUND };
      const source = readSource(store, caller);
      const objects = source.schema.objects.filter((object) => isSearched(object, caller));
      const small = await isSmall();
      const look = (object: ObjectDefinition): Promise<string> =>
        lookupRecords(source, object, { ...asked, isRanked: true, isSmall: small(object) });
      const answers = await Promise.all(objects.map((object) => inTime(object, look(object))));
      const groups = answers.flatMap(({ text }, index) =>
        text === null || text.startsWith('{"items":[]') ? [] : [`{"object":"${objects[index]?.name}",${text.slice(1)}`],
      );
      const late = answers.flatMap(({ text }, index) => (text === null ? [objects[index]?.name] : []));
      return { status: 200, body: `{"groups":[${groups.join(',')}],"late":${JSON.stringify(late)}}` };
    },
  };
}

/** The query of a search, checked. */
export function searched(query: { readonly [name: string]: unknown }): { readonly q: string; readonly limit: number } {
  const { q = '', limit = LIMIT } = query;
  if (typeof q !== 'string') throw new Refusal('malformed_request', 'q is one text.');
  if (q.length > TYPED_MAX) throw new Refusal('malformed_request', `q has at most ${TYPED_MAX} characters.`);
  const count = Number(limit);
  if (!Number.isInteger(count) || count < 1 || count > LIMIT_MAX)
    throw new Refusal('malformed_request', `limit is a whole number from 1 to ${LIMIT_MAX}.`);
  return { q: q.trim(), limit: count };
}

/** Whether the caller may find records of the object by something that they may read. Rows are found in their parent. */
export function isSearched(object: ObjectDefinition, caller: Caller): boolean {
  const rights = caller.permissions.on(object);
  return object.parent === undefined && rights.read && searchableFields(object).some(rights.mayRead);
}

type Answered = { readonly text: string | null };

async function inTime(object: ObjectDefinition, found: Promise<string>): Promise<Answered> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answered>((resolve) => {
    timer = setTimeout(() => resolve({ text: null }), OBJECT_MILLISECONDS);
  });
  const answered = found.then(
    (text): Answered => ({ text }),
    (error: unknown): Answered => {
      // What broke in one object is said by its list; a search goes on without it.
      if (error instanceof Refusal) return { text: null };
      throw new Error(`The search in ${object.name} broke`, { cause: error });
    },
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}
