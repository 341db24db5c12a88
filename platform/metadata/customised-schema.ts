import { FIELD_TYPES } from '#platform/kernel/field-types/index.ts';
import type { JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import { COMMON_SETTINGS } from './definition.ts';
import { grantSchema, OBJECT_SETTINGS } from './definition-object.ts';

/** Settings of an object of the standard that an administrator may change. */
export const CHANGEABLE_SETTINGS: readonly string[] = [
  'label',
  'pluralLabel',
  'icon',
  'titleField',
  'defaultSort',
  'uniqueTogether',
  'layoutRules',
  'features',
];
/** Settings that only the module's own metadata may have. */
export const MODULE_SETTINGS: readonly string[] = ['emits', 'storedBy', 'editableIn', 'balanced', 'chained', 'noOverlap', 'commands'];
/** Settings of an object of their own. */
export const OWN_SETTINGS: readonly string[] = Object.keys(OBJECT_SETTINGS).filter((name) => !MODULE_SETTINGS.includes(name));

/** An id that the platform has drawn, of a field or an object. */
const DRAWN_ID = '^[0-9a-z]{12}$';

const orNone = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });
const drawnId: JsonSchema = { type: 'string', pattern: DRAWN_ID, description: 'Drawn by the platform; the same in every installation.' };

const ownSettings: JsonSchema = {
  type: 'object',
  properties: Object.fromEntries(Object.entries(OBJECT_SETTINGS).filter(([name]) => OWN_SETTINGS.includes(name))),
  required: ['name', 'module', 'collection', 'label', 'pluralLabel', 'titleField'],
  additionalProperties: false,
};
const changedSettings: JsonSchema = Object.fromEntries(
  Object.entries(OBJECT_SETTINGS)
    .filter(([name]) => CHANGEABLE_SETTINGS.includes(name))
    .map(([name, schema]) => [name, orNone(schema)]),
);

const fieldSettings = [...Object.keys(COMMON_SETTINGS), ...FIELD_TYPES.flatMap((type) => Object.keys(type.settings?.properties ?? {}))];
const changedField: JsonSchema = {
  type: 'object',
  minProperties: 1,
  properties: {
    ...Object.fromEntries(fieldSettings.map((name) => [name, true])),
    retired: { const: true },
  },
  additionalProperties: false,
};

/** The JSON Schema of one exported file: what administrators made of one object. `layout` and `view` are those of the standard's files. */
export function customisedSchema(parts: {
  readonly layout: JsonSchema;
  readonly view: { readonly [name: string]: JsonSchema };
}): JsonSchema {
  return {
    title: 'What administrators made of an object: one of their own, or what they changed of one of the standard',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      id: { type: 'string' },
      custom: { const: true, description: 'The object is their own; settings has all of its settings.' },
      settings: { type: 'object', description: 'Of an object of the standard: those that were changed. null: taken away.' },
      fields: {
        type: 'array',
        description: 'Fields of their own, in the order in which they were made.',
        items: { type: 'object', properties: { id: drawnId }, required: ['id'], allOf: [{ $ref: 'field.schema.json' }] },
      },
      standardFields: {
        type: 'object',
        description: 'What was changed of other fields, by id. null: a setting that was taken away.',
        additionalProperties: changedField,
      },
      layouts: {
        type: 'object',
        description: 'Layouts that were drawn, by name; fields by id. null: generated instead of the one of the standard.',
        additionalProperties: orNone(parts.layout),
      },
      views: {
        type: 'array',
        description: 'Views that were saved for a role or everyone, in their order.',
        items: {
          type: 'object',
          properties: { ...parts.view, id: { type: 'string', maxLength: 120 } },
          required: ['id', 'name', 'label'],
          additionalProperties: false,
        },
      },
      removedViews: { type: 'array', description: 'Views of the standard that were removed, by id.', items: { type: 'string' } },
      access: { type: 'object', description: 'Rights by role. null: none.', additionalProperties: orNone(grantSchema) },
    },
    required: ['id'],
    if: { required: ['custom'] },
    then: { properties: { id: drawnId, settings: ownSettings }, required: ['settings'] },
    else: { properties: { settings: { type: 'object', properties: changedSettings, additionalProperties: false } } },
    additionalProperties: false,
  };
}
