import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { CommandDefinition } from '#platform/kernel/model.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { kebab } from '../records/command.ts';
import type { RecordOperation } from '../records/routes.ts';
import { inputSchema, type SeenObject } from './object-schemas.ts';
import { aggregateSchema, bulkAnswer, bulkSchema, commandAnswer, HISTORY, querySchema } from './record-bodies.ts';
import { describeDuplicates } from './duplicates-operation.ts';
import { BESIDE_OPERATIONS } from './beside-operations.ts';
import { keyParameters, uniqueParameters } from './key-parameters.ts';
import { answer, isRoot, itemsOf, one, parameter, plural, queryParameter, reading, type Describe } from './record-parts.ts';
import { json, problems, ref, TEXT, UUID, type Part } from './shared.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The form of an import: its options stand before the file. */
const IMPORT: Part = {
  type: 'object',
  required: ['file'],
  properties: {
    mapping: { type: 'string', description: 'A JSON object from headers to fields; without it headers are names or labels of fields.' },
    by: { type: 'string', description: 'A unique field: rows that match a record change it.' },
    makeMissing: {
      type: 'string',
      description: 'References such as groupId, with commas between: records that a column names and that are not there are made.',
    },
    dryRun: { type: 'boolean' },
    delimiter: { type: 'string', description: 'The separator, such as ; or tab; without it the first line decides.' },
    sheet: { type: 'string', description: 'The sheet of a spreadsheet; without it the first one.' },
    decimalComma: { type: 'boolean' },
    germanDates: { type: 'boolean' },
    remember: {
      enum: ['me', 'everyone', 'no'],
      description: 'For whom the columns are kept, to be recognised by their headers. me is the default.',
    },
    file: { type: 'string', format: 'binary' },
  },
};

const PREVIEW: Part = {
  type: 'object',
  required: ['text'],
  properties: { text: { type: 'string', description: 'The first lines of the file.' }, delimiter: TEXT },
};

const PREVIEW_FORM: Part = {
  type: 'object',
  required: ['file'],
  properties: { delimiter: TEXT, sheet: TEXT, file: { type: 'string', format: 'binary' } },
};

const PREVIEWED: Part = {
  type: 'object',
  properties: {
    delimiter: TEXT,
    sheet: TEXT,
    sheets: { type: 'array', items: TEXT },
    decimalComma: { type: 'boolean', description: 'Amounts are written 1.234,50.' },
    germanDates: { type: 'boolean', description: 'Days are written 31.01.2026.' },
    preset: {
      type: ['object', 'null'],
      description: 'A file with these headers was imported before: its columns are those of then, and its key.',
      properties: { by: { type: ['string', 'null'] }, isEveryones: { type: 'boolean' } },
    },
    columns: {
      type: 'array',
      items: {
        type: 'object',
        properties: { header: TEXT, field: { type: ['string', 'null'] }, samples: { type: 'array', items: TEXT } },
      },
    },
  },
};

/** The documentation of every record operation. A command is described by `describeCommand`, once for each. */
export const RECORD_OPERATIONS: { readonly [Operation in Exclude<RecordOperation, 'command' | 'collectionCommand'>]: Describe } = {
  ...BESIDE_OPERATIONS,
  list: (seen) => reading(seen, { summary: `List ${plural(seen)}`, parameters: listParameters(seen), responses: listed(seen) }),
  query: (seen) =>
    reading(seen, {
      summary: `List ${plural(seen)}, with the query as the body`,
      requestBody: { required: true, content: json(querySchema(seen)) },
      responses: listed(seen),
    }),
  create: (seen) =>
    isRoot(seen) && seen.rights.create
      ? {
          summary: `Create: ${one(seen)}`,
          parameters: [...DATED, parameter('dryRun')],
          requestBody: body(`${name(seen)}Create`),
          responses: {
            '200': recorded(seen, 'What it would be: it was a dry run', []),
            '201': recorded(seen, 'Created', ['ETag', 'Location']),
            ...problems(403, 404, 409, 413, 415, 422),
          },
        }
      : null,
  aggregate: (seen) =>
    reading(seen, {
      summary: `Sums, averages and counts of ${plural(seen)}`,
      requestBody: { required: true, content: json(aggregateSchema(seen)) },
      responses: { '200': answer('The groups', itemsOf({ type: 'object' })), ...problems(404) },
    }),
  bulk: (seen) =>
    isRoot(seen) && (seen.rights.create || seen.rights.edit || seen.rights.delete)
      ? {
          summary: `Up to 1,000 operations on ${plural(seen)}`,
          parameters: [parameter('idempotencyKey')],
          requestBody: { required: true, content: json(bulkSchema(seen)) },
          responses: { '200': answer('The results, in their order', bulkAnswer(seen)), ...problems(404, 413, 415, 422) },
        }
      : null,
  lookup: (seen) =>
    reading(seen, {
      summary: `Find ${plural(seen)} as somebody types`,
      parameters: [parameter('q'), parameter('limit'), queryParameter('fields', 'More fields, with commas between.')],
      responses: {
        '200': answer('The best matches', itemsOf({ type: 'object', properties: { id: UUID, title: TEXT } })),
        ...problems(404),
      },
    }),
  duplicates: describeDuplicates,
  export: (seen) =>
    reading(seen, {
      summary: `All ${plural(seen)} that a filter matches, as a file`,
      parameters: [
        queryParameter('format', 'csv (the default), xlsx or json.'),
        queryParameter('filter', 'A filter in its JSON form.'),
        queryParameter('q', 'Full text.'),
        queryParameter('sort', 'Fields with commas between, - before those that descend.'),
        queryParameter('fields', 'The columns, with commas between.'),
      ],
      responses: {
        '200': {
          description: 'The file',
          content: {
            'text/csv': { schema: TEXT },
            [XLSX]: { schema: { type: 'string', format: 'binary' } },
            'application/json': { schema: { type: 'array' } },
          },
        },
        ...problems(404),
      },
    }),
  import: (seen) =>
    isRoot(seen) && (seen.rights.create || seen.rights.edit)
      ? {
          summary: `Import ${plural(seen)} from a CSV or XLSX file`,
          requestBody: { required: true, content: { 'multipart/form-data': { schema: IMPORT } } },
          responses: { '202': answer('The job that imports', { type: 'object' }), ...problems(403, 404, 413, 415, 422) },
        }
      : null,
  importPreview: (seen) =>
    isRoot(seen) && (seen.rights.create || seen.rights.edit)
      ? {
          summary: `What a file for ${plural(seen)} looks like: an XLSX file, or the beginning of a CSV file`,
          requestBody: { required: true, content: { ...json(PREVIEW), 'multipart/form-data': { schema: PREVIEW_FORM } } },
          responses: { '200': answer('Its columns, and what they mean', PREVIEWED), ...problems(403, 404, 413, 415) },
        }
      : null,
  getBy: (seen) =>
    reading(seen, {
      summary: `One by a unique field: ${one(seen)}`,
      parameters: [...keyParameters(seen), ...selection(seen)],
      responses: { '200': recorded(seen, 'The record', ['ETag']), ...problems(404, 409) },
    }),
  upsert: (seen) =>
    isRoot(seen) && seen.rights.create && seen.rights.edit
      ? {
          summary: `Change or create by a unique field: ${one(seen)}`,
          parameters: uniqueParameters(seen),
          requestBody: body(`${name(seen)}Change`),
          responses: {
            '200': recorded(seen, 'Changed', ['ETag']),
            '201': recorded(seen, 'Created', ['ETag', 'Location']),
            ...problems(403, 404, 409, 413, 415, 422),
          },
        }
      : null,
  get: (seen) =>
    reading(seen, {
      summary: `One by its id: ${one(seen)}`,
      parameters: [parameter('id'), ...selection(seen)],
      responses: { '200': recorded(seen, 'The record', ['ETag']), ...problems(404) },
    }),
  update: (seen) =>
    isRoot(seen) && seen.rights.edit
      ? {
          summary: `Change: ${one(seen)}`,
          parameters: [parameter('id'), parameter('ifMatch')],
          requestBody: body(`${name(seen)}Change`),
          responses: { '200': recorded(seen, 'Changed', ['ETag']), ...problems(403, 404, 409, 412, 413, 415, 422) },
        }
      : null,
  delete: (seen) =>
    isRoot(seen) && seen.rights.delete
      ? {
          summary: `To the recycle bin: ${one(seen)}`,
          parameters: [parameter('id'), parameter('ifMatch'), parameter('permanent')],
          responses: { '204': { description: 'Done' }, ...problems(403, 404, 409, 412) },
        }
      : null,
  restore: (seen) =>
    isRoot(seen) && seen.rights.delete
      ? {
          summary: `Back from the recycle bin: ${one(seen)}`,
          parameters: [parameter('id')],
          responses: { '200': recorded(seen, 'Restored', ['ETag']), ...problems(403, 404, 409) },
        }
      : null,
  history: (seen) =>
    isRoot(seen) && seen.object.features.history !== false
      ? reading(seen, {
          summary: `What changed, newest first: ${one(seen)}`,
          parameters: [parameter('id'), parameter('cursor'), parameter('limit')],
          responses: { '200': answer('The changes', HISTORY), ...problems(404) },
        })
      : null,
};

const DATED = [parameter('idempotencyKey'), parameter('workDate')];

/** A command of one record, or of the collection. */
export function describeCommand(seen: SeenObject, command: CommandDefinition): Part | null {
  const { rights } = seen;
  if (rights.commands !== true && !rights.commands.has(command.name)) return null;
  const input = inputSchema(command);
  return {
    summary: `${command.label.en}: ${one(seen)}`,
    ...(command.from ? { description: `From ${command.from.join(', ')}${command.to ? ` to ${command.to}` : ''}.` } : {}),
    parameters: [...(command.collection === true ? [] : [parameter('id'), parameter('ifMatch')]), ...DATED],
    ...(input ? { requestBody: { required: true, content: json(input) } } : {}),
    responses: { '200': answer('Done', commandAnswer(seen)), ...problems(403, 404, 409, 412, 415, 422) },
  };
}

/** The last part of a command's path. */
export function commandPath(command: CommandDefinition): string {
  return kebab(command.name);
}

function name(seen: SeenObject): string {
  return seen.object.name;
}

function body(schema: string): Part {
  return { required: true, content: json(ref('schemas', schema)) };
}

function recorded(seen: SeenObject, description: string, headers: readonly string[]): Part {
  return answer(description, ref('schemas', name(seen)), headers);
}

function listed(seen: SeenObject): Part {
  const page = itemsOf(ref('schemas', name(seen)), { next: { type: ['string', 'null'] }, count: { type: ['integer', 'null'] } });
  return { '200': answer('A page', page), ...problems(404) };
}

function selection(seen: SeenObject): readonly Part[] {
  const lookups = seen.fields.filter((field) => field.target !== undefined).map((field) => field.name);
  return [
    queryParameter('fields', `What is answered, with commas between; through references too: ${fieldNames(seen).slice(0, 5).join(',')}.`),
    ...(lookups.length > 0 ? [queryParameter('expand', `References to answer whole: ${lookups.join(', ')}.`)] : []),
  ];
}

function fieldNames(seen: SeenObject): readonly string[] {
  return seen.fields.map((field) => apiNameOf(field));
}

function sortable(seen: SeenObject): readonly string[] {
  return seen.fields.filter((field) => fieldType(field.type).sortable).map((field) => apiNameOf(field));
}

function listParameters(seen: SeenObject): readonly Part[] {
  return [
    {
      name: 'filter',
      in: 'query',
      description: '`filter[status]=sent`, `filter[total][gte]=100`, or one JSON with `and`, `or`, `not`.',
      style: 'deepObject',
      explode: true,
      schema: ref('schemas', `${name(seen)}Filter`),
    },
    queryParameter('sort', `With commas between, \`-\` for descending: ${sortable(seen).join(', ')}.`),
    ...['q', 'limit', 'cursor', 'offset', 'count', 'deleted', 'view'].map(parameter),
    ...selection(seen),
  ];
}
