import { isDeepStrictEqual } from 'node:util';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { perObject } from '#platform/metadata/per-object.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { Differences, Draft } from './change.ts';
import { childFields, rowsOf } from './children.ts';
import { wholeRecord } from './render.ts';

/** What is other after than before, by API name; what only the platform sets does not count. */
export function differencesOf(index: SchemaIndex, object: ObjectDefinition, at: { before: Draft; after: Draft }): Differences {
  const changed = comparedFields(index, object).flatMap(({ key, child }) => {
    const normal = (values: Draft): unknown =>
      child ? rowsOf(values, key).map((row) => wholeRecord(index, child, row)) : (values[key] ?? null);
    const [old, now] = [normal(at.before), normal(at.after)];
    return isSame(old, now) ? [] : [[key, { old, new: now }] as const];
  });
  return Object.fromEntries(changed);
}

/** Fields whose differences count, with the object of their rows. */
const comparedFields = perObject((index, object) => {
  const children = new Map(childFields(index, object).map(({ field, child }) => [field.name, child]));
  const isPlatformSet = (field: FieldDefinition): boolean => field.system === true && field.readOnly === true;
  return index
    .fieldsOf(object)
    .all.filter((field) => !isPlatformSet(field))
    .map((field) => ({ key: apiNameOf(field), child: children.get(field.name) }));
});

function isSame(old: unknown, now: unknown): boolean {
  return old === now || (typeof old === 'object' && isDeepStrictEqual(old, now));
}
