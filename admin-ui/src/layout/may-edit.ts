import type { BusinessObject } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { textOf } from '../fields/input-frame.ts';

/** Whether the caller may change fields of a record at all: by their rights, and in its status. */
export function mayEdit(object: BusinessObject, record: RecordValues): boolean {
  const status = object.fields.find((field) => field.type === 'status');
  const isOpen = object.editableIn === undefined || (status !== undefined && object.editableIn.includes(textOf(record[status.name])));
  return object.permissions.edit && isOpen;
}
