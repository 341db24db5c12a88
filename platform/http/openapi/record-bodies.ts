import { GROUP_UNITS } from '#platform/kernel/grouping.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import type { SeenObject } from './object-schemas.ts';
import { ref, TEXT, UUID, type Part } from './shared.ts';

/** What changed in a record, page by page. */
export const HISTORY: Part = {
  type: 'object',
  properties: {
    items: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          at: { type: 'string', format: 'date-time' },
          by: TEXT,
          eventId: UUID,
          command: { ...TEXT, description: 'The command that changed it.' },
          changes: { type: 'array', items: { type: 'object', properties: { field: TEXT, old: {}, new: {} } } },
        },
      },
    },
    next: { type: ['string', 'null'] },
  },
};

/** A list query as a body. */
export function querySchema(seen: SeenObject): Part {
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      filter: ref('schemas', `${seen.object.name}Filter`),
      q: TEXT,
      sort: TEXT,
      fields: TEXT,
      expand: TEXT,
      limit: { type: 'integer', minimum: 1, maximum: 1000 },
      cursor: TEXT,
      offset: { type: 'integer', minimum: 0 },
      count: { enum: ['none', 'estimated', 'exact'] },
      deleted: { enum: ['only'] },
      view: TEXT,
    },
  };
}

const GROUPED =
  `A field or a path such as status or customer.name; a day or an instant by a part of the calendar, as createdAt:month (${GROUP_UNITS.join(', ')}): ` +
  'its first day in the time zone of the caller, by that name in the answer.';

/** Groups and metrics. */
export function aggregateSchema(seen: SeenObject): Part {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['metrics'],
    properties: {
      groupBy: { type: 'array', maxItems: 5, items: { ...TEXT, description: GROUPED } },
      metrics: {
        type: 'array',
        items: {
          type: 'object',
          required: ['fn'],
          properties: {
            fn: { enum: ['sum', 'avg', 'min', 'max', 'count'] },
            field: { enum: seen.fields.map((field) => apiNameOf(field)) },
            as: TEXT,
          },
        },
      },
      filter: ref('schemas', `${seen.object.name}Filter`),
      having: { type: 'object' },
      sort: TEXT,
    },
  };
}

/** Operations, and whether they hold together. */
export function bulkSchema(seen: SeenObject): Part {
  const record = (kind: string): Part => ref('schemas', `${seen.object.name}${kind}`);
  const operation = (op: string, properties: Part): Part => ({
    type: 'object',
    required: ['op', ...Object.keys(properties).filter((key) => key !== 'version')],
    properties: { op: { const: op }, ...properties },
  });
  const operations = [
    operation('create', { record: record('Create') }),
    operation('update', { id: UUID, record: record('Change'), version: { type: 'integer' } }),
    operation('delete', { id: UUID }),
    operation('upsert', { by: TEXT, value: {}, record: record('Change') }),
  ];
  return {
    type: 'object',
    required: ['operations'],
    additionalProperties: false,
    properties: { atomic: { type: 'boolean' }, operations: { type: 'array', maxItems: 1000, items: { anyOf: operations } } },
  };
}

/** A status for each operation, with its record or problem. */
export function bulkAnswer(seen: SeenObject): Part {
  const result = { status: { type: 'integer' }, record: ref('schemas', seen.object.name), problem: { type: 'object' } };
  return {
    type: 'object',
    required: ['results'],
    properties: { results: { type: 'array', items: { type: 'object', properties: result } } },
  };
}

/** Links to public pages of the record, for those who hand them out. */
export const LINKS: Part = {
  type: 'array',
  items: {
    type: 'object',
    properties: { page: TEXT, url: { type: 'string', format: 'uri' }, lastDay: { type: 'string', format: 'date' } },
  },
};

/** The record, and what the command made besides it. */
export function commandAnswer(seen: SeenObject): Part {
  const made: Part = { type: 'object', properties: { object: TEXT, id: UUID } };
  const pdf: Part = seen.object.document ? { pdf: { ...TEXT, description: 'Where the document is, when the command issues it.' } } : {};
  return {
    type: 'object',
    properties: { record: ref('schemas', seen.object.name), created: { type: 'array', items: made }, links: LINKS, ...pdf },
  };
}
