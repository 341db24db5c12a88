import { Refusal } from '#platform/kernel/errors.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { plainText } from '#platform/kernel/json.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import type { Route } from '#platform/kernel/route.ts';
import type { OutboxWatch } from '#platform/messaging/outbox-watch.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';

/** A stream ends after this time, so that who follows it shows anew who they are; browsers begin again by themselves. */
const LIFE_MILLISECONDS = 5 * 60_000;

const TOLD = {
  type: 'object',
  properties: {
    metadataVersion: { type: 'integer' },
    changes: {
      type: 'array',
      items: {
        type: 'object',
        properties: { type: { type: 'string' }, object: { type: 'string' }, id: { type: 'string' }, version: { type: 'integer' } },
      },
    },
  },
};

/**
 * `GET /stream?object=`: what happens to records as server-sent events, each `{"metadataVersion":n,"changes":[{type,object,id,version}]}`, of the
 * objects that the caller may read. It says that something changed and not what: that is read as ever, with the caller's rights.
 */
export function streamRoute(watch: OutboxWatch, schema: () => SchemaIndex): Route {
  return {
    method: 'GET',
    path: '/stream',
    summary: 'Follow changes of records as server-sent events; without `Accept: text/event-stream` there is nothing to tell yet',
    answer: TOLD,
    query: { object: { type: 'string', description: 'Of one object alone.' } },
    handler: async ({ caller, query }) => {
      const object = objectOf(schema(), caller, query['object']);
      const changes = async function* (signal: AbortSignal) {
        for await (const told of watch.follow(AbortSignal.any([signal, AbortSignal.timeout(LIFE_MILLISECONDS)]))) {
          const seen = told.filter((one) => (object === undefined || one.object === object) && mayRead(schema(), caller, one.object));
          if (told.length === 0 || seen.length > 0) yield { metadataVersion: schema().version, changes: seen };
        }
      };
      return { status: 200, body: { metadataVersion: schema().version, changes: [] }, changes };
    },
  };
}

function mayRead(schema: SchemaIndex, caller: Caller, name: string): boolean {
  const object = schema.objects.find((one) => one.name === name);
  return object !== undefined && caller.permissions.on(object).read;
}

function objectOf(schema: SchemaIndex, caller: Caller, name: unknown): string | undefined {
  if (name === undefined) return undefined;
  if (typeof name === 'string' && mayRead(schema, caller, name)) return name;
  const known = schema.objects.filter((one) => caller.permissions.on(one).read).map((one) => one.name);
  const asked = plainText(name);
  throw new Refusal('unknown_name', `There is no object ${asked.slice(0, 60)} here.${didYouMean(asked, known)}`);
}
