import type { BusinessObject, Field } from '#admin-ui/src/api/metadata.ts';
import { ADDRESS_PARTS } from '#admin-ui/src/fields/parts.ts';

const NOT_IN_A_CELL: readonly string[] = [
  'children',
  'file',
  'image',
  'relatedValue',
  'snapshot',
  'status',
  'autoNumber',
  'documentNumber',
];

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

/** Fields by which a row finds the record that it changes. */
export function keyFields(object: BusinessObject): readonly Field[] {
  return object.fields.filter((field) => field.unique === true);
}
