import { CONDITION_SETTINGS } from '#platform/kernel/conditions/field-rules.ts';
import type { JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import { LAYOUT_PAGES, PLAIN_ITEMS } from '#platform/kernel/layouts.ts';
import { FIELD_TYPES } from '#platform/kernel/field-types/index.ts';
import { customisedSchema } from './customised-schema.ts';
import { COMMON_SETTINGS, knownSettings } from './definition.ts';
import { grantSchema, OBJECT_SETTINGS } from './definition-object.ts';
import { labelSchema } from './label.ts';
import { INPUT_SETTINGS } from './line-input.ts';
import { LIST_SETTINGS } from './read-option-list.ts';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
const texts = (schema: JsonSchema): JsonSchema => ({ type: 'object', additionalProperties: schema });
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const string: JsonSchema = { type: 'string' };
const count: JsonSchema = { enum: [1, 2, 3, 4] };

/** The JSON Schemas of the metadata files, by file name: generated from the same settings that the API checks, for editors and the loader. */
export function fileSchemas(): ReadonlyMap<string, JsonSchema> {
  const customised = customisedSchema({ layout, view });
  const schemas: Record<string, JsonSchema> = {
    field,
    input,
    object: object(),
    layouts,
    views,
    access,
    labels,
    seed,
    roles,
    customised,
    'option-list': optionList,
  };
  return new Map(Object.entries(schemas).map(([name, schema]) => [`${name}.schema.json`, { $schema: DIALECT, ...schema }]));
}

const standardOnly = {
  id: { ...string, description: 'Keeps the identity of a field that is renamed: <object>.<first name>.' },
  aliases: { ...list(string), description: 'Former names that still answer.' },
};

const field = fieldFile('A field of an object', standardOnly, []);
const input = fieldFile('An input field of a command', INPUT_SETTINGS, CONDITION_SETTINGS);

/** A field of any type, with the settings of its type and those that are its own here, without those that mean nothing here. */
function fieldFile(title: string, own: { readonly [name: string]: JsonSchema }, without: readonly string[]): JsonSchema {
  const common = Object.fromEntries(Object.entries(COMMON_SETTINGS).filter(([name]) => !without.includes(name)));
  const namesOf = (type: string): readonly string[] => [
    ...knownSettings(type).filter((name) => !without.includes(name)),
    ...Object.keys(own),
  ];
  return {
    title,
    type: 'object',
    properties: {
      ...common,
      ...own,
      type: {
        enum: FIELD_TYPES.map((type) => type.name),
        description: FIELD_TYPES.map((type) => `${type.name}: ${type.description.en}`).join('\n'),
      },
    },
    required: ['name', 'type'],
    allOf: FIELD_TYPES.map((type) => ({
      if: { properties: { type: { const: type.name } }, required: ['type'] },
      then: {
        properties: {
          ...Object.fromEntries(namesOf(type.name).map((name) => [name, true])),
          ...type.settings?.properties,
        },
        required: [...(type.settings?.required ?? [])],
        additionalProperties: false,
      },
    })),
  };
}

const command: JsonSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', pattern: '^[a-z][A-Za-z0-9]{0,40}$' },
    label: labelSchema,
    from: list(string),
    to: string,
    input: list({ $ref: 'input.schema.json' }),
    confirm: labelSchema,
    draws: string,
    handsOut: string,
    collection: { type: 'boolean' },
    offered: { const: false },
    merges: string,
    tone: { enum: ['primary', 'danger'] },
  },
  required: ['name', 'label'],
  additionalProperties: false,
};

const printedAs: JsonSchema = {
  description: 'Records are printed: what the document is called, and the commands that issue it.',
  type: 'object',
  properties: { label: labelSchema, issuedBy: list(string) },
  required: ['label', 'issuedBy'],
  additionalProperties: false,
};

function object(): JsonSchema {
  return {
    title: 'An object: its names, fields and commands',
    type: 'object',
    properties: {
      $schema: string,
      ...OBJECT_SETTINGS,
      fields: { ...list({ $ref: 'field.schema.json' }), minItems: 1 },
      commands: list(command),
      document: printedAs,
    },
    required: ['name', 'module', 'collection', 'label', 'pluralLabel', 'titleField', 'fields'],
    additionalProperties: false,
  };
}

const item: JsonSchema = {
  anyOf: [
    string,
    {
      type: 'object',
      properties: {
        kind: { enum: ['field', 'children', 'related', ...PLAIN_ITEMS] },
        field: string,
        object: string,
        span: count,
        columns: list(string),
        sort: {
          anyOf: [
            string,
            {
              type: 'object',
              properties: { field: string, descending: { type: 'boolean' } },
              required: ['field'],
              additionalProperties: false,
            },
          ],
          description: 'related: a field by name, with "-" before it to begin with the last',
        },
        limit: { type: 'integer', minimum: 1, maximum: 50 },
      },
      additionalProperties: false,
    },
  ],
};

const section: JsonSchema = {
  type: 'object',
  properties: { id: string, label: labelSchema, columns: count, tab: string, side: { type: 'boolean' }, items: list(item) },
  required: ['id', 'items'],
  additionalProperties: false,
};

const layout: JsonSchema = {
  type: 'object',
  properties: {
    label: labelSchema,
    page: { enum: [...LAYOUT_PAGES], description: 'Of a layout that is not called like its page.' },
    tabs: list({ type: 'object', properties: { id: string, label: labelSchema }, required: ['id', 'label'], additionalProperties: false }),
    sections: list(section),
    columns: list(string),
  },
  oneOf: [{ required: ['sections'] }, { required: ['columns'] }],
  additionalProperties: false,
};

const layouts: JsonSchema = {
  title: 'The layouts of an object; fields by name',
  type: 'object',
  properties: { $schema: string },
  additionalProperties: layout,
};

const view: { readonly [name: string]: JsonSchema } = {
  name: string,
  label: labelSchema,
  columns: list(string),
  sort: string,
  filter: { type: 'object' },
  display: {
    type: 'object',
    properties: { kind: { enum: ['board', 'calendar'] }, by: string },
    required: ['kind', 'by'],
    additionalProperties: false,
  },
  group: {
    ...string,
    description:
      'What a table is drawn in groups by, with their sums: up to three fields, dates by a part of the calendar: status,date:month.',
  },
  visibility: { type: 'object' },
};

const views: JsonSchema = {
  title: 'The saved list views of an object',
  ...list({ type: 'object', properties: view, required: ['name', 'label'], additionalProperties: false }),
};

const access: JsonSchema = {
  title: 'The rights of the standard roles on an object',
  type: 'object',
  properties: { $schema: string },
  additionalProperties: grantSchema,
};

const labels: JsonSchema = {
  title: 'German texts of an object',
  type: 'object',
  properties: {
    $schema: string,
    label: string,
    pluralLabel: string,
    fields: texts({ type: 'object', properties: { label: string, help: string }, additionalProperties: false }),
    options: texts(texts(string)),
    commands: texts({
      type: 'object',
      properties: { label: string, confirm: string, input: texts(string) },
      additionalProperties: false,
    }),
    sections: texts(string),
    tabs: texts(string),
    layouts: texts(string),
    views: texts(string),
  },
  additionalProperties: false,
};

const seed: JsonSchema = {
  title: 'Records that come with the product, each under a key that stays its own; newer versions change what nobody has changed',
  ...list({ type: 'object', properties: { key: string }, required: ['key'] }),
};

const optionList: JsonSchema = {
  title: 'An option list that administrators made: options of fields of several objects',
  type: 'object',
  properties: { $schema: string, ...LIST_SETTINGS },
  required: ['name', 'label', 'options'],
  additionalProperties: false,
};

const roles: JsonSchema = {
  title: 'The standard roles',
  ...list({
    type: 'object',
    properties: {
      name: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,40}$' },
      label: labelSchema,
      description: labelSchema,
    },
    required: ['name', 'label'],
    additionalProperties: false,
  }),
};
