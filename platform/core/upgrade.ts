import { isDeepStrictEqual } from 'node:util';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { asJson } from '#platform/metadata/overlay.ts';

/**
 * The standard layer as it goes on: what the files say, and, retired, what has left them since they were seen last. So a file that
 * is missing by mistake drops no column; what stays away is dropped like anything retired.
 */
export function continued(files: readonly ObjectDefinition[], seen: readonly ObjectDefinition[], now: string): readonly ObjectDefinition[] {
  const before = new Map(seen.map((object) => [object.id, object]));
  const named = new Set(files.map((object) => object.id));
  const left = seen
    .filter((object) => !named.has(object.id))
    .map((object): ObjectDefinition => (object.state === 'retired' ? object : { ...object, state: 'retired', retiredAt: now }));
  return [...files.map((object) => withLeftFields(object, before.get(object.id), now)), ...left];
}

function withLeftFields(object: ObjectDefinition, seen: ObjectDefinition | undefined, now: string): ObjectDefinition {
  const named = new Map(object.fields.map((field) => [field.id, field]));
  for (const field of seen?.fields ?? []) refuseOtherStorage(object, field, named.get(field.id));
  const left = (seen?.fields ?? []).filter((field) => !named.has(field.id) && field.system !== true);
  if (left.length === 0) return object;
  return {
    ...object,
    fields: [
      ...object.fields,
      ...left.map((field): FieldDefinition => (field.state === 'retired' ? field : { ...field, state: 'retired', retiredAt: now })),
    ],
  };
}

function refuseOtherStorage(object: ObjectDefinition, seen: FieldDefinition, now: FieldDefinition | undefined): void {
  if (!now || fieldType(seen.type).storage === fieldType(now.type).storage) return;
  throw new Error(
    `metadata/${object.module}/${object.name}/object.json: the field ${now.name} was of type ${seen.type} and cannot become ${now.type}, which is stored differently. Give the new field an id of its own ("id": "${now.id}2").`,
  );
}

/** The objects that are not what was seen last. */
export function changedObjects(standard: readonly ObjectDefinition[], seen: readonly ObjectDefinition[]): readonly ObjectDefinition[] {
  const before = new Map(seen.map((object) => [object.id, asJson(object)]));
  return standard.filter((object) => !isDeepStrictEqual(asJson(object), before.get(object.id)));
}

/** The standard layer without what has been retired in it for long enough. */
export function withoutExpired(standard: readonly ObjectDefinition[], limit: string): readonly ObjectDefinition[] {
  const isKept = (one: { readonly state: string; readonly retiredAt?: string }) =>
    one.state !== 'retired' || (one.retiredAt ?? limit) >= limit;
  return standard
    .filter(isKept)
    .map((object) => (object.fields.every(isKept) ? object : { ...object, fields: object.fields.filter(isKept) }));
}
