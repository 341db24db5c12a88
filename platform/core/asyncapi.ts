import { objectSchemas, seenObjects, type SeenObject } from '#platform/http/openapi/object-schemas.ts';
import { SCHEMAS, type Part } from '#platform/http/openapi/shared.ts';
import type { Module } from '#platform/kernel/module.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { Permissions } from '#platform/kernel/permissions.ts';
import type { Route } from '#platform/kernel/route.ts';
import { recordTopics } from '#platform/messaging/topic.ts';
import type { Core } from './core.ts';
import { declaredEvents } from './declared-events.ts';

/** `GET /api/platform/asyncapi.json`: every event of all services as the caller may know it, as an AsyncAPI 3.0 document. */
export function asyncApiRoute(core: Pick<Core, 'state'>, modules: readonly Module[]): Route {
  return {
    method: 'GET',
    path: '/asyncapi.json',
    summary: 'All events, as an AsyncAPI 3.0 document',
    query: {},
    answer: { type: 'object' },
    handler: async ({ caller }) => {
      const { objects, version } = await core.state();
      return { status: 200, body: asyncApiDocument({ objects, version, modules }, caller.permissions) };
    },
  };
}

type Known = { readonly objects: readonly ObjectDefinition[]; readonly version: number; readonly modules: readonly Module[] };

/** One event: its service, its type, what it says, and the JSON Schema of its data. */
type Described = { readonly module: string; readonly type: string; readonly summary?: string; readonly data: Part };

/** The events of all services. Those of records are there for who may read the object, with the fields that exist for them. */
export function asyncApiDocument({ objects, version, modules }: Known, permissions: Permissions): Part {
  const seen = seenObjects(objects, permissions).filter(({ object, rights }) => rights.read && object.state === 'active');
  const told = seen.filter(({ object }) => object.parent === undefined && object.emits !== 'none');
  const events = [...businessEvents(modules), ...told.flatMap(recordEvents)];
  const named = events.map((event) => [`${event.module}.${event.type}`, event] as const);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Tessera',
      version: String(version),
      description: `The events of all services, as of version ${version} of the metadata and of what the caller may see. Each is a CloudEvent 1.0 in JSON; its address is its routing key.`,
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/cloudevents+json',
    channels: Object.fromEntries(
      named.map(([topic, { type }]) => [topic, { address: topic, messages: { [type]: { $ref: `#/components/messages/${topic}` } } }]),
    ),
    operations: Object.fromEntries(named.map(([topic]) => [`tell.${topic}`, { action: 'send', channel: { $ref: `#/channels/${topic}` } }])),
    components: {
      messages: Object.fromEntries(named.map(([topic, event]) => [topic, messageOf(event)])),
      schemas: { ...SCHEMAS, CloudEvent: ENVELOPE, ...Object.fromEntries(seen.flatMap((one) => Object.entries(objectSchemas(one)))) },
    },
  };
}

function businessEvents(modules: readonly Module[]): readonly Described[] {
  return declaredEvents(modules).map(({ module, type, schema }) => ({ module, type, data: schema }));
}

/** A record event carries the record as it is then, and of each field that changed what it was and is. */
function recordEvents({ object }: SeenObject): readonly Described[] {
  const data: Part = {
    type: 'object',
    required: ['record', 'changed'],
    properties: {
      record: { $ref: `#/components/schemas/${object.name}` },
      changed: { type: 'object', additionalProperties: { type: 'object', properties: { old: {}, new: {} } } },
      command: { type: 'string', description: 'The command that changed it.' },
      mergedInto: { type: 'string', format: 'uuid', description: 'The record that stands for it from now on.' },
    },
  };
  return recordTopics(object).map((topic) => ({
    module: object.module,
    type: topic.slice(object.module.length + 1),
    summary: object.label.en,
    data,
  }));
}

function messageOf({ module, type, summary, data }: Described): Part {
  const own = { type: 'object', properties: { source: { const: `/${module}` }, type: { const: type }, data } };
  return {
    name: type,
    ...(summary === undefined ? {} : { summary }),
    contentType: 'application/cloudevents+json',
    payload: { allOf: [{ $ref: '#/components/schemas/CloudEvent' }, own] },
  };
}

const TEXT: Part = { type: 'string' };

/** CloudEvents 1.0 with the extensions of the platform. */
const ENVELOPE: Part = {
  title: 'An event',
  type: 'object',
  required: [
    'specversion',
    'id',
    'source',
    'type',
    'subject',
    'time',
    'data',
    'actor',
    'correlationid',
    'objectversion',
    'metadataversion',
  ],
  properties: {
    specversion: { const: '1.0' },
    id: { type: 'string', format: 'uuid' },
    source: TEXT,
    type: TEXT,
    subject: { ...TEXT, description: 'What it is about, such as `offer/<id>`.' },
    time: { type: 'string', format: 'date-time' },
    datacontenttype: { const: 'application/json' },
    data: { type: 'object' },
    dataref: { ...TEXT, description: 'Where the data are, where they are larger than 256 KB.' },
    actor: TEXT,
    correlationid: TEXT,
    causationid: TEXT,
    workdate: { type: 'string', format: 'date' },
    objectversion: { type: 'integer' },
    metadataversion: { type: 'integer' },
  },
};
