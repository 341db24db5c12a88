import { GIVEN_TYPES } from '#platform/kernel/given-types.ts';
import { apiName, type BusinessObject, type Field } from '#admin-ui/src/api/metadata.ts';
import type { RecordValues } from '#admin-ui/src/api/records.ts';

/** Fields of two records that are to be one: those in which both say something else, and those that only the other one has. */
export type Compared = { readonly differing: readonly Field[]; readonly filled: readonly Field[] };

/** What is to be decided before two records are merged, and what goes without asking. Fields that nobody writes stay as they are. */
export function comparedFields(object: BusinessObject, here: RecordValues, there: RecordValues): Compared {
  const fields = object.fields.filter(isTakenOver);
  const has = (record: RecordValues, field: Field): boolean => textAt(record, field) !== '';
  const isSelf = (field: Field): boolean => there[apiName(field)] === here['id'];
  const wanted = fields.filter((field) => has(there, field) && !isSelf(field));
  return {
    differing: wanted.filter((field) => has(here, field) && textAt(here, field) !== textAt(there, field)),
    filled: wanted.filter((field) => !has(here, field)),
  };
}

const NOT_TAKEN: readonly string[] = [...GIVEN_TYPES, 'status', 'children', 'file', 'image'];

function isTakenOver(field: Field): boolean {
  return field.system !== true && field.readOnly !== true && field.state === 'active' && !NOT_TAKEN.includes(field.type);
}

function textAt(record: RecordValues, field: Field): string {
  const value = record[apiName(field)] ?? '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
