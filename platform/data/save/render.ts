import { isRecord } from '#platform/kernel/is-record.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import type { Permissions } from '#platform/kernel/permissions.ts';
import { perObject } from '#platform/metadata/per-object.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import { readableFields } from '../names.ts';
import { childFields } from './children.ts';

/** A whole record, all fields in their order, absent ones null: what events carry. */
export function wholeRecord(index: SchemaIndex, object: ObjectDefinition, values: RecordValues): RecordValues {
  return pick(values, keysOf(index, object, null), new Map());
}

/** The record as one caller may see it, as JSON text. */
export function renderRecord(at: { index: SchemaIndex; permissions: Permissions }, object: ObjectDefinition, values: RecordValues): string {
  if (!at.permissions.on(object).read) return JSON.stringify({ id: values['id'], version: values['version'] });
  const children = new Map(childFields(at.index, object).map(({ field, child }) => [field.name, keysOf(at.index, child, at.permissions)]));
  return JSON.stringify(pick(values, keysOf(at.index, object, at.permissions), children));
}

function pick(values: RecordValues, keys: readonly string[], children: ReadonlyMap<string, readonly string[]>): RecordValues {
  const made: { [key: string]: unknown } = {};
  for (const key of keys) {
    const inside = children.get(key);
    const value = values[key] ?? null;
    made[key] = inside && Array.isArray(value) ? value.map((row: unknown) => (isRecord(row) ? pick(row, inside, new Map()) : row)) : value;
  }
  return made;
}

/** By permission profile; without one, all that a record has of its own. */
const known = perObject(() => new Map<string, readonly string[]>());

function keysOf(index: SchemaIndex, object: ObjectDefinition, permissions: Permissions | null): readonly string[] {
  const cache = known(index, object);
  const name = permissions?.key ?? '';
  const found = cache.get(name);
  if (found) return found;
  const fields = permissions
    ? readableFields({ schema: index, permissions }, object)
    : index.fieldsOf(object).all.filter((field) => field.type !== 'relatedValue');
  const made = fields.map((field) => apiNameOf(field));
  cache.set(name, made);
  return made;
}
