import { Refusal } from '#platform/kernel/errors.ts';
import { ADDRESS_PARTS } from '#platform/kernel/field-types/address.ts';
import { GIVEN_TYPES } from '#platform/kernel/given-types.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { parseJson } from '#platform/kernel/json.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { isMovedByCommands } from '#platform/kernel/status-field.ts';
import { suggested } from '#platform/kernel/nearest.ts';
import { sentence, type Sentence } from '#platform/kernel/sentence.ts';
import { findField, ownSide, readableFields, shown, type Scope } from '#platform/data/names.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { isOwnHeader } from './refused-rows.ts';

/** Where the cells of one column go: a field under its API name, or with `part` one part of an address. */
export type ImportColumn = { readonly header: string; readonly key: string; readonly part?: string };

/** A mapping from headers to fields as a request gives it: a JSON object whose values are API names; an empty one leaves the column out. */
export function parseMapping(text: string | undefined): ReadonlyMap<string, string> {
  if (text === undefined || text === '') return new Map();
  const given = parsed(text);
  const entries = Object.entries(isRecord(given) ? given : {});
  if (!isRecord(given) || entries.some(([, name]) => typeof name !== 'string')) throw new Refusal('malformed_request', NO_MAPPING);
  return new Map(entries.map(([header, name]) => [header, String(name)]));
}

/**
 * Which field each column of a file means: as the mapping says, else by API name, name or label in any language. Null leaves a column out.
 * Refuses what means nothing (400), with the nearest name.
 */
export function resolveColumns(
  scope: Scope,
  object: ObjectDefinition,
  file: { headers: readonly string[]; mapping: ReadonlyMap<string, string>; by?: string | undefined },
): readonly (ImportColumn | null)[] {
  const missing = [...file.mapping.keys()].find((header) => !file.headers.includes(header));
  if (missing !== undefined) throw noColumn(missing, file.headers);
  const columns = file.headers.map((header) => {
    const name = file.mapping.get(header);
    if (name !== undefined) return columnOf(scope, object, { header, name });
    return isOwnHeader(header) ? null : written(scope, object, columnOf(scope, object, { header, name: header }), file.by);
  });
  const keys = columns.flatMap((column) => (column ? [`${column.key}.${column.part ?? ''}`] : []));
  const twice = keys.find((key, at) => keys.indexOf(key) < at);
  if (twice !== undefined) throw twoFor(scope, object, twice);
  if (keys.length === 0) throw new Refusal('malformed_request', NO_FIELD);
  return columns;
}

/** The name of a column's field, as a mapping says it: `address.city` for a part. */
export function mappedName({ key, part }: ImportColumn): string {
  return part === undefined ? key : `${key}.${part}`;
}

/**
 * For each header of a file the name of the field that it means, as a mapping says it; null where it means none, or one that is taken.
 * `known` is a mapping from before: an empty name leaves a column out.
 */
export function recognisedColumns(
  scope: Scope,
  object: ObjectDefinition,
  { headers, known }: { headers: readonly string[]; known: ReadonlyMap<string, string> },
): readonly (string | null)[] {
  const named = headers.map((header) => {
    const found = findColumn(scope, object, { header, name: known.get(header) ?? header });
    const column = known.has(header) ? found : written(scope, object, found, 'id');
    return column ? mappedName(column) : null;
  });
  return named.map((name, at) => (name !== null && named.indexOf(name) < at ? null : name));
}

/** A column that is recognised by its header; null where only the platform sets its field, as in a file that was exported from here, unless rows are matched by it. */
function written({ schema }: Scope, object: ObjectDefinition, column: ImportColumn | null, by?: string): ImportColumn | null {
  if (column?.key === by) return column;
  const field = column && schema.fieldsOf(object).byApiName.get(column.key);
  if (!field || field.system === true || field.readOnly === true || isMovedByCommands(object, field)) return null;
  return GIVEN_TYPES.includes(field.type) ? null : column;
}

function columnOf(scope: Scope, object: ObjectDefinition, { header, name }: { header: string; name: string }): ImportColumn | null {
  if (name === '') return null;
  const column = findColumn(scope, object, { header, name });
  if (column) return column;
  const fields = readableFields(scope, object);
  const known = (language: 'en' | 'de') => fields.flatMap((one) => [apiNameOf(one), one.label[language] ?? one.label.en]);
  const said = sentence(
    (of) => `${of(object)} has no field ${shown(name)}.${suggested(name, known('en')).en}`,
    (of) => `${of(object)} hat kein Feld „${shown(name)}“.${suggested(name, known('de')).de}`,
  );
  throw new Refusal('unknown_name', said);
}

function noColumn(missing: string, headers: readonly string[]): Refusal {
  const { en, de } = suggested(missing, headers);
  return new Refusal('unknown_name', {
    en: `The file has no column ${shown(missing)}.${en}`,
    de: `Die Datei hat keine Spalte „${shown(missing)}“.${de}`,
  });
}

/** `twice` is the key of a field, and after a point its part. */
function twoFor({ schema }: Scope, object: ObjectDefinition, twice: string): Refusal {
  const [key = '', part] = twice.split('.');
  const named = part === '' ? key : twice;
  const field = schema.fieldsOf(object).byApiName.get(key);
  const called = field?.label.de === undefined ? named : part === '' ? field.label.de : `${field.label.de} (${part})`;
  return new Refusal('malformed_request', { en: `Two columns are for ${named}.`, de: `Zwei Spalten sind für dasselbe Feld: ${called}.` });
}

const NO_MAPPING: Sentence = {
  en: 'mapping is a JSON object such as {"Customer name": "name"}.',
  de: 'mapping ist ein JSON-Objekt wie {"Kundenname": "name"}.',
};
const NO_FIELD: Sentence = { en: 'No column of the file is for a field.', de: 'Keine Spalte der Datei ist für ein Feld.' };

function findColumn(scope: Scope, object: ObjectDefinition, { header, name }: { header: string; name: string }): ImportColumn | null {
  const [first = '', part, ...more] = name.split('.');
  const field = fieldNamed(scope, object, part === undefined ? name : first);
  const isPart = field?.type === 'address' && part !== undefined && ADDRESS_PARTS.includes(part);
  if (!field || field.type === 'children' || more.length > 0 || (part !== undefined && !isPart)) return null;
  return { header, key: apiNameOf(field), ...(part === undefined ? {} : { part }) };
}

function fieldNamed(scope: Scope, object: ObjectDefinition, name: string): FieldDefinition | undefined {
  const exact = findField(scope, ownSide(object), name);
  if (exact) return exact;
  const wanted = name.trim().toLowerCase();
  return readableFields(scope, object).find((field) =>
    [field.name, field.label.en, field.label.de ?? ''].some((known) => known.toLowerCase() === wanted),
  );
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}
