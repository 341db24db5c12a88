import { exact } from '#platform/kernel/decimal.ts';
import { ValueProblem } from '#platform/kernel/field-types/field-type.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { FieldDefinition, FieldSettings } from '#platform/kernel/model.ts';
import { compileSchema, type CheckSchema } from './schema-compiler.ts';

/** How values are stored, and how they can be stored instead in another column. */
const WAYS: { readonly [storage: string]: readonly string[] } = {
  text: ['integer', 'bigint', 'numeric', 'date'],
  integer: ['text', 'bigint', 'numeric'],
  bigint: ['text', 'integer', 'numeric'],
  numeric: ['text', 'integer', 'bigint'],
  date: ['text'],
};
/** Their texts mean something of their own, or are drawn. */
const NEVER: readonly string[] = 'status autoNumber documentNumber externalId color phone email url vatNumber iban bic'.split(' ');
const TARGETS: readonly string[] = ['text', 'longText', 'select', 'integer', 'bigint', 'decimal', 'money', 'percent', 'date'];

/** Whether a field of one type can become one of another as it stands: their values are stored alike. */
export function isStoredAlike(from: string, to: string): boolean {
  const [before, after] = [fieldType(from), fieldType(to)];
  const isFree = !['none', 'json', 'uuidArray'].includes(after.storage) && after.isMarkup !== true && before.isMarkup !== true;
  return before.storage === after.storage && isFree && after.name !== 'color';
}

/** Whether a field of one type can become one of another by carrying its values over into a new column. */
export function canCarryOver(from: string, to: string): boolean {
  const [before, after] = [fieldType(from), fieldType(to)];
  const isFree = !NEVER.includes(from) && before.isMarkup !== true && TARGETS.includes(to);
  return isFree && WAYS[before.storage]?.includes(after.storage) === true;
}

/** The field as it will be when its type has changed; itself when none is under way. */
export function retyped(field: FieldDefinition): FieldDefinition {
  const { retype, ...rest } = field;
  if (!retype) return field;
  const { id, state, custom, aliases, column, former: _former } = rest;
  return {
    ...(custom === undefined ? {} : { custom }),
    ...(aliases === undefined ? {} : { aliases }),
    ...retype.to,
    id,
    state,
    name: field.name,
    column: retype.column,
    former: { column, at: retype.at, as: settingsOf(field) },
  };
}

/** What of a field its type decides, and people. */
export function settingsOf(field: FieldDefinition): FieldSettings {
  const { id: _id, column: _column, state: _state, retype: _retype, former: _former, retiredAt: _at, ...settings } = field;
  return settings;
}

const checks = new WeakMap<FieldSettings, CheckSchema>();

/** Why a value could not be carried over into the type that the field is being given; null when it can, or none is under way. */
export function retypeProblem(field: FieldDefinition, value: unknown): string | null {
  if (!field.retype || value === null || value === undefined) return null;
  const { to } = field.retype;
  return fits(to, retyped(field), value) ? null : `is being changed to ${fieldType(to.type).label.en}, and this value does not fit that`;
}

function fits(to: FieldSettings, after: FieldDefinition, value: unknown): boolean {
  const type = fieldType(to.type);
  const text = plainText(value).trim();
  const isWhole = type.storage === 'integer';
  if (isWhole && !/^-?\d{1,11}$/.test(text)) return false;
  const input = isWhole ? Number(text) : text;
  const check = checks.get(to) ?? compileSchema(type.jsonSchema(after));
  checks.set(to, check);
  if (check(input).length > 0) return false;
  if (type.storage === 'numeric' && to.scale !== undefined && !exact(text).toDecimalPlaces(to.scale).eq(exact(text))) return false;
  try {
    type.normalize?.(input, after);
    return true;
  } catch (error) {
    if (error instanceof ValueProblem) return false;
    throw error;
  }
}
