import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { FitChange } from '#platform/metadata/fit.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import { valueOf } from '../read/filled.ts';
import { tableOf } from '../read/table.ts';
import type { Reader } from '../slow-read.ts';

/** Counting goes on for so long: whoever is about to take a million values away is not helped by the rest of the number. */
const COUNTED_MAX = 1_000_000;

/** How many rows have a value of a field that is to go, those in the recycle bin among them: they lose it too. */
export async function heldOf(
  reader: Reader,
  index: SchemaIndex,
  { after }: FitChange,
): Promise<{ readonly affected: number; readonly isAtLeast?: boolean }> {
  const object = index.schema.objects.find((one) => one.fields.some(({ id }) => id === after.id));
  const isHeld = object && holds(index, object, after);
  if (!isHeld) return { affected: 0 };
  const [row] = await reader.query({
    text: `select count(*) from (select 1 from ${tableOf(object)} r where ${isHeld} limit ${COUNTED_MAX + 1}) held`,
    values: [],
  });
  const held = Number(row?.[0] ?? 0);
  return held > COUNTED_MAX ? { affected: COUNTED_MAX, isAtLeast: true } : { affected: held };
}

/** The condition under which a row has a value in the field; undefined where no row can have one. */
function holds(index: SchemaIndex, object: ObjectDefinition, field: FitChange['after']): string | undefined {
  if (fieldType(field.type).storage !== 'none') return `${valueOf(field)} is not null`;
  const rows =
    field.child === undefined ? undefined : index.schema.objects.find(({ name, parent }) => name === field.child && parent === object.name);
  return rows && `exists (select 1 from ${tableOf(rows)} x where x.parent_id = r.id)`;
}
