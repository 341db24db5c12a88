import { jsonOf } from '#platform/kernel/json.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { CarriedValues, RecordValues } from '#platform/kernel/module.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import { compileValidator } from '#platform/metadata/validator.ts';

/** An object under one version of the metadata. */
type Under = { readonly index: SchemaIndex; readonly object: ObjectDefinition };

/** Files lie in the database of one service; rows are objects of their own. */
const BOUND: readonly string[] = ['file', 'image', 'children'];

/** The values of a record's custom fields, under their API names, as an event takes them to other services. */
export function carriedValues({ index, object }: Under, record: RecordValues): CarriedValues {
  const values = carriable(index, object).map((field) => [apiNameOf(field), field, record[apiNameOf(field)]] as const);
  return Object.fromEntries(
    values.flatMap(([name, field, value]) =>
      value === null || value === undefined ? [] : [[name, { type: kindOf(field), value: jsonOf(JSON.stringify(value)) }] as const],
    ),
  );
}

/** Of carried values those for which there is a custom field of the same name and type here that would take them; the others stay behind. */
export function takenOver({ index, object }: Under, carried: CarriedValues | undefined): RecordValues {
  const fields = new Map(carriable(index, object).map((field) => [apiNameOf(field), field]));
  const fitting = Object.entries(carried ?? {}).flatMap(([name, { type, value }]) => {
    const field = fields.get(name);
    return field && kindOf(field) === type && isTaken({ index, object }, { [name]: value }) ? [[name, value] as const] : [];
  });
  return Object.fromEntries(fitting);
}

/** What people fill in, and what may be there twice. */
function carriable(index: SchemaIndex, object: ObjectDefinition): readonly FieldDefinition[] {
  return index
    .fieldsOf(object)
    .all.filter((field) => field.custom === true && field.readOnly !== true && field.unique !== true && !BOUND.includes(field.type));
}

/** A reference is of the same type when it leads to the same object. */
function kindOf({ type, target, targets = [] }: FieldDefinition): string {
  return [type, ...(target === undefined ? [] : [target]), ...targets].join(' ');
}

function isTaken({ index, object }: Under, values: RecordValues): boolean {
  return compileValidator(index, object)(values, 'update').errors.length === 0;
}
