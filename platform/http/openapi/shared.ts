import type { JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import { ERROR_CODES } from '#platform/kernel/errors.ts';

/** A part of an OpenAPI document: plain JSON. */
export type Part = JsonSchema;

/** A reference to a schema, parameter, response or header of the document's components. */
export function ref(kind: 'schemas' | 'parameters' | 'responses' | 'headers', name: string): Part {
  return { $ref: `#/components/${kind}/${name}` };
}

/** JSON content of that schema. */
export function json(schema: Part): Part {
  return { 'application/json': { schema } };
}

export const TEXT: Part = { type: 'string' };
export const UUID: Part = { type: 'string', format: 'uuid' };

const inQuery = (name: string, description: string, schema: Part): Part => ({ name, in: 'query', description, schema });
const inHeader = (name: string, description: string, schema: Part = TEXT): Part => ({ name, in: 'header', description, schema });

/** Parameters that many calls share, by name. */
export const PARAMETERS: { readonly [name: string]: Part } = {
  id: { name: 'id', in: 'path', required: true, description: 'A UUID.', schema: { type: 'string', format: 'uuid' } },
  q: inQuery('q', 'Full text over the searchable fields.', TEXT),
  limit: inQuery('limit', 'Items of a page.', { type: 'integer', minimum: 1, maximum: 1000, default: 25 }),
  cursor: inQuery('cursor', 'The `next` of the page before.', TEXT),
  offset: inQuery('offset', 'Items to skip; prefer the cursor.', { type: 'integer', minimum: 0, maximum: 100_000 }),
  count: inQuery('count', 'Whether the matching records are counted.', { enum: ['none', 'estimated', 'exact'], default: 'none' }),
  deleted: inQuery('deleted', '`only` lists the recycle bin.', { enum: ['only'] }),
  view: inQuery(
    'view',
    "A view, shared or one's own, by name or id: its filter beside the call's own, its order and columns where the call says nothing.",
    TEXT,
  ),
  dryRun: inQuery('dryRun', 'Answer what it would be, and keep nothing.', { type: 'boolean', default: false }),
  permanent: inQuery('permanent', 'For good, instead of to the recycle bin.', { type: 'boolean', default: false }),
  ifMatch: inHeader('If-Match', 'The ETag that the change starts from; a stale one is 412 with the current state.'),
  workDate: inHeader('Work-Date', 'The day as on which it is done, not after today; for administrators, managers and accounting.', {
    type: 'string',
    format: 'date',
  }),
  prefer: inHeader('Prefer', '`wait=N`: seconds to wait until the change is served; then 202 with `"state":"pending"`.'),
  idempotencyKey: inHeader('Idempotency-Key', 'The same key and body give the same answer for 72 hours, and one effect.', {
    type: 'string',
    maxLength: 255,
  }),
};

/** Headers of answers, by name. */
export const HEADERS: { readonly [name: string]: Part } = {
  ETag: { description: 'The version, to be sent as If-Match.', schema: TEXT },
  Location: { description: 'Where the new resource is.', schema: TEXT },
  MetadataVersion: { description: 'The version of the metadata that answered.', schema: { type: 'integer' } },
  RetryAfter: { description: 'Seconds after which to try again.', schema: { type: 'integer' } },
};

const PROBLEMS: readonly (readonly [status: number, description: string])[] = [
  [400, 'Malformed, or a name that is unknown'],
  [401, 'Not signed in'],
  [403, 'Not allowed'],
  [404, 'Not there, or nothing the caller may know of'],
  [409, 'Not possible in this state, or a duplicate'],
  [412, 'Changed meanwhile; the current state is in `current`'],
  [413, 'Too large'],
  [415, 'The media type is not supported'],
  [422, 'A value is refused; `errors` point to it'],
  [428, 'If-Match is required'],
  [429, 'Too many requests'],
  [503, 'Not available at the moment'],
];

/** What goes wrong, by status. */
export const RESPONSES: { readonly [name: string]: Part } = Object.fromEntries(
  PROBLEMS.map(([status, description]) => [
    `Problem${status}`,
    {
      description,
      ...(status === 429 || status === 503 ? { headers: { 'Retry-After': ref('headers', 'RetryAfter') } } : {}),
      content: { 'application/problem+json': { schema: ref('schemas', 'Problem') } },
    },
  ]),
);

/** References to the problems of these statuses; 401 and 503 can always be. */
export function problems(...statuses: readonly number[]): Part {
  return Object.fromEntries([400, 401, ...statuses, 503].map((status) => [String(status), ref('responses', `Problem${status}`)]));
}

const BY_LANGUAGE: Part = { type: 'object', properties: { en: TEXT, de: TEXT } };

/** Schemas that every document has. */
export const SCHEMAS: { readonly [name: string]: Part } = {
  Problem: {
    title: 'Problem details (RFC 9457)',
    type: 'object',
    required: ['type', 'title', 'status', 'code', 'detail', 'errors', 'traceId'],
    properties: {
      type: TEXT,
      title: TEXT,
      status: { type: 'integer' },
      code: { enum: Object.keys(ERROR_CODES) },
      detail: { ...TEXT, description: 'A sentence that says what to do, in English.' },
      sentence: { ...BY_LANGUAGE, description: 'The same in each language that it is known in.' },
      errors: { type: 'array', items: ref('schemas', 'FieldError') },
      traceId: TEXT,
      current: { description: 'The current state, with 412.' },
      transition: { type: 'object', description: 'Of a command in the wrong state: labels of it, of the state, and of those it is from.' },
      other: { type: 'object', description: 'The other record, of a duplicate.', properties: { object: TEXT, id: TEXT } },
    },
  },
  FieldError: {
    type: 'object',
    required: ['pointer', 'rule', 'message'],
    properties: {
      pointer: { ...TEXT, examples: ['/lines/2/quantity'] },
      field: TEXT,
      rule: TEXT,
      message: TEXT,
      sentence: { ...BY_LANGUAGE, description: 'The message in each language that it is known in.' },
      label: {
        ...BY_LANGUAGE,
        description: 'The field as people know it, by language. Where it stands, `rule` and `limit` say all that `message` does.',
      },
      limit: { type: ['string', 'number'], description: 'The bound that the value went beyond.' },
    },
  },
};

/** The ways to say who is calling. */
export const SECURITY_SCHEMES: Part = {
  bearer: { type: 'http', scheme: 'bearer', description: 'A session token or an API key.' },
  session: { type: 'apiKey', in: 'cookie', name: 'tessera_session', description: 'The cookie that signing in sets.' },
};
