import type { Circumstances } from '#platform/kernel/conditions/compare.ts';
import { apiName, useObjects, type BusinessObject, type Field } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import { statesOf, useCircumstances } from '../fields/field-rules.ts';
import { rowsOf, rowToSend, type Row } from '../fields/line-rows.ts';

/** Values as the API takes them: fields alone, rows without what only the screen knows and without what their conditions hide. */
export function useToSend(object: BusinessObject): (values: RecordValues) => RecordValues {
  const objects = useObjects();
  const around = useCircumstances();
  return (values) => {
    const entries = object.fields.flatMap((field): readonly (readonly [string, unknown])[] => {
      const name = apiName(field);
      if (!(name in values)) return [];
      if (field.type !== 'children') return [[name, values[name]]];
      const child = objects.find((one) => one.name === field.child);
      return [[name, rowsOf(values[name]).map((row) => rowToSend(row, child ? openFields(child, row, around) : []))]];
    });
    return Object.fromEntries(entries);
  };
}

/** The fields of a row that its conditions show; in a new row those that are closed keep what they begin with. */
function openFields(child: BusinessObject, row: Row, around: Circumstances): readonly Field[] {
  const states = statesOf(child, row, around);
  return child.fields.filter((field) => {
    const { isVisible, isReadOnly } = states(field);
    return isVisible && !(isReadOnly && row['id'] === undefined);
  });
}
