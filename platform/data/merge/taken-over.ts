import { faultAt, invalidValues } from '#platform/kernel/errors.ts';
import { holdsFiles } from '#platform/kernel/field-types/file.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import { DRAWN_TYPES } from '#platform/kernel/given-types.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';

/** The two records of a merge, and the API names of fields in which the one that goes is right. */
export type Pair = { readonly from: RecordValues; readonly into: RecordValues; readonly take: readonly string[] };

/** What the record that stays takes over: what is asked for, and whatever it has no value of itself. Refuses a name that is no such field. */
export function takenOver(index: SchemaIndex, object: ObjectDefinition, { from, into, take }: Pair): RecordValues {
  const fields = index.fieldsOf(object).all.filter(isTakenOver);
  const names = new Set(fields.map((field) => apiNameOf(field)));
  const unknown = take.find((name) => !names.has(name));
  if (unknown !== undefined) throw unknownName(unknown, names);
  const taken = [...names].filter((name) => {
    const isWanted = take.includes(name) || (isEmpty(into[name]) && !isEmpty(from[name]));
    return isWanted && from[name] !== into['id'];
  });
  return Object.fromEntries(taken.map((name) => [name, from[name] ?? null]));
}

function isTakenOver(field: FieldDefinition): boolean {
  const isSet = field.system === true || field.readOnly === true || DRAWN_TYPES.includes(field.type) || field.type === 'status';
  return !isSet && field.state === 'active' && fieldType(field.type).storage !== 'none' && !holdsFiles(field);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function unknownName(name: string, known: ReadonlySet<string>): Error {
  const at = { pointer: '/take', field: 'take', rule: 'unknown' };
  return invalidValues([
    faultAt(at, {
      en: `${name} is no field that is taken over.${didYouMean(name, known)}`,
      de: `${name} ist kein Feld, das übernommen wird.`,
    }),
  ]);
}
