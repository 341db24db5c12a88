import { GIVEN_TYPES } from '#platform/kernel/given-types.ts';
import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { ADDRESS_PARTS } from '#admin-ui/src/fields/parts.ts';

const NOT_IN_A_CELL: readonly string[] = ['children', 'file', 'image', ...GIVEN_TYPES];

/** Fields whose values a cell can hold and that people write. */
export function importableFields(object: BusinessObject): readonly Field[] {
  return object.fields.filter(
    (field) => field.system !== true && field.readOnly !== true && field.editable && !NOT_IN_A_CELL.includes(field.type),
  );
}

/** The parts of an address, each of which may be a column of its own. */
export function addressParts(field: Field): readonly (typeof ADDRESS_PARTS)[number][] {
  return field.type === 'address' ? ADDRESS_PARTS : [];
}

/** References to objects of the same service, whose records an import can make by their titles. */
export function makeableFields(object: BusinessObject, objects: readonly BusinessObject[]): readonly Field[] {
  return importableFields(object).filter((field) => {
    const target = field.type === 'lookup' ? objects.find(({ name }) => name === field.target) : undefined;
    return target?.module === object.module && target.name !== object.name && target.parent === undefined && target.permissions.create;
  });
}

/** Fields by which a row finds the record that it changes. */
export function keyFields(object: BusinessObject): readonly Field[] {
  return object.fields.filter((field) => field.unique === true || (field.name === 'id' && field.system === true));
}
