import { CONDITION_SETTINGS, isAlwaysRequired } from '#platform/kernel/conditions/field-rules.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import { DRAWN_TYPES } from '#platform/kernel/given-types.ts';
import type { CommandDefinition, FieldDefinition, InputField, ObjectDefinition } from '#platform/kernel/model.ts';
import type { ObjectPermissions, Permissions } from '#platform/kernel/permissions.ts';
import { isMovedByCommands } from '#platform/kernel/status-field.ts';
import { inputValueSchema } from '#platform/metadata/command-input.ts';
import { exampleRows } from '#platform/metadata/line-rows.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { ref, type Part } from './shared.ts';

/** An object as the caller may see it in a document. */
export type SeenObject = {
  readonly object: ObjectDefinition;
  readonly rights: ObjectPermissions;
  readonly fields: readonly FieldDefinition[];
};

/** The objects that the caller may do anything with, each with the fields that exist for them. */
export function seenObjects(objects: readonly ObjectDefinition[], permissions: Permissions): readonly SeenObject[] {
  return objects.flatMap((object) => {
    const rights = permissions.on(object);
    if (!rights.read && !rights.create && !rights.edit) return [];
    return [{ object, rights, fields: object.fields.filter((field) => field.state !== 'retired' && rights.mayRead(field)) }];
  });
}

/** The schemas of an object: `offer` as it is answered, `offerCreate` and `offerChange` as it is written, `offerFilter`. */
export function objectSchemas(seen: SeenObject): { readonly [name: string]: Part } {
  const { object, fields } = seen;
  const { name, label } = object;
  const written = fields.filter((field) => isWritable(seen, field));
  const required = written.filter((field) => isAlwaysRequired(field) && field.default === undefined).map((field) => apiNameOf(field));
  return {
    [name]: { title: label.en, type: 'object', properties: byName(fields, answered) },
    [`${name}Create`]: {
      title: `${label.en}, new`,
      type: 'object',
      additionalProperties: false,
      properties: byName(written, accepted),
      ...(required.length > 0 ? { required } : {}),
    },
    [`${name}Change`]: {
      title: `${label.en}, changed`,
      description: 'A JSON merge patch (RFC 7396): what is left out stays, null empties.',
      type: 'object',
      additionalProperties: false,
      properties: { ...byName(written, accepted), ...linePatches(written) },
    },
    [`${name}Filter`]: { title: `Filter of ${object.pluralLabel.en}`, type: 'object', properties: byName(fields, filtered) },
  };
}

/** The schema of a command's input; undefined when it takes none. */
export function inputSchema(command: CommandDefinition): Part | undefined {
  const input = command.input ?? [];
  if (input.length === 0) return undefined;
  const required = input.filter((field) => field.required === true).map(keyOf);
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(input.map((field) => [keyOf(field), acceptedInput(field)])),
    ...(required.length > 0 ? { required } : {}),
  };
}

function isWritable({ object, rights }: SeenObject, field: FieldDefinition): boolean {
  if (object.parent !== undefined && field.name === 'id') return true;
  if (field.readOnly === true || isMovedByCommands(object, field) || DRAWN_TYPES.includes(field.type)) return false;
  return rights.mayEdit(field) || (rights.create && !field.access);
}

function byName(fields: readonly FieldDefinition[], schema: (field: FieldDefinition) => Part): Part {
  return Object.fromEntries(fields.map((field) => [apiNameOf(field), schema(field)]));
}

function answered(field: FieldDefinition): Part {
  const type = fieldType(field.type);
  if (field.type === 'children') return { ...described(field), type: 'array', items: ref('schemas', field.child ?? 'Record') };
  const value = type.answerSchema?.(field) ?? type.jsonSchema(field);
  return { ...described(field), ...(isAlwaysThere(field) ? value : orNull(value)), examples: [type.example(field)] };
}

function accepted(field: FieldDefinition): Part {
  const type = fieldType(field.type);
  if (field.type === 'children') return { ...described(field), type: 'array', items: ref('schemas', `${field.child}Create`) };
  const value = type.jsonSchema(field);
  const otherwise = field.default === undefined ? {} : { default: field.default };
  return { ...described(field), ...(isAlwaysRequired(field) ? value : orNull(value)), ...otherwise, examples: [type.example(field)] };
}

function acceptedInput(input: InputField): Part {
  const field = { ...input, id: input.name, column: '', state: 'active' } as const;
  if (!input.lines) return accepted(field);
  return { ...described(field), ...orNull(inputValueSchema(field)), examples: [exampleRows(input.lines)] };
}

function linePatches(fields: readonly FieldDefinition[]): Part {
  const lines = fields.filter((field) => field.type === 'children');
  const ids: Part = { type: 'array', items: { type: 'string', format: 'uuid' } };
  return Object.fromEntries(
    lines.map((field) => [
      `${field.name}Patch`,
      {
        description: `Single rows of ${field.name}; the others stay.`,
        type: 'object',
        additionalProperties: false,
        properties: { upsert: { type: 'array', items: ref('schemas', `${field.child}Change`) }, delete: ids },
      },
    ]),
  );
}

/** A bare value is `eq`; else an object of operators. */
function filtered(field: FieldDefinition): Part {
  const { operators } = fieldType(field.type);
  const named: Part = { type: 'object', additionalProperties: false, properties: Object.fromEntries(operators.map((one) => [one, {}])) };
  return { description: `${field.label.en}: ${operators.join(', ')}`, anyOf: [{ type: ['string', 'number', 'boolean', 'null'] }, named] };
}

function described(field: FieldDefinition): Part {
  const help = field.help ? `${field.label.en}. ${field.help.en}` : field.label.en;
  const alias = field.aliases?.length ? ` Formerly ${field.aliases.join(', ')}.` : '';
  const conditions = CONDITION_SETTINGS.filter((setting) => field[setting] !== undefined).map((setting) => ` ${CONDITIONS[setting]}`);
  return { description: help + alias + conditions.join(''), ...(field.readOnly === true ? { readOnly: true } : {}) };
}

const CONDITIONS = {
  visibleWhen: 'Takes a value only under a condition on the rest of the record.',
  requiredWhen: 'Required under a condition on the rest of the record.',
  readOnlyWhen: 'Closed under a condition on the rest of the record.',
} as const;

function isAlwaysThere(field: FieldDefinition): boolean {
  return isAlwaysRequired(field) || (field.system === true && field.readOnly === true);
}

function orNull(schema: Part): Part {
  return { anyOf: [schema, { type: 'null' }] };
}

function keyOf(field: InputField): string {
  return fieldType(field.type).apiName?.(field.name) ?? field.name;
}
