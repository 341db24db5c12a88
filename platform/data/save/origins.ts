import { isRecord } from '#platform/kernel/is-record.ts';
import { parseObject } from '#platform/kernel/json.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { statusField } from '#platform/kernel/status-field.ts';
import { perObject } from '#platform/metadata/per-object.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import { findOrigin, ownSide, type Scope } from '../names.ts';
import { fieldExpression, sideTable } from '../read/builder.ts';
import { shapeSql } from '../read/shape.ts';
import type { Draft } from './change.ts';
import { childFields, rowsOf } from './children.ts';
import type { Query } from './load.ts';
import type { Saving } from './saving.ts';

/** Where origins are read, and with whose eyes. */
type Reading = { readonly scope: Scope; readonly query: Query };

/** Whether an object has fields of a type that takes its value from what the record refers to, in itself or in its rows. */
const hasOrigins = perObject((index, object) => {
  const objects = [object, ...childFields(index, object).map(({ child }) => child)];
  const has = (type: OriginType): boolean => objects.some((one) => fieldsOf(index, one, type).length > 0);
  return { relatedValue: has('relatedValue'), snapshot: has('snapshot') };
});

type OriginType = 'relatedValue' | 'snapshot';

/** Saved records with their related values as this caller may see them: what the answer shows and no column holds. */
export async function withRelatedValues(
  saving: Saving,
  object: ObjectDefinition,
  at: { records: readonly RecordValues[]; query: Query },
): Promise<readonly RecordValues[]> {
  if (!hasOrigins(saving.index, object).relatedValue) return at.records;
  const reading = { scope: { schema: saving.index, permissions: saving.caller.permissions }, query: at.query };
  const filled = await taken(saving, reading, { object, rows: at.records, type: 'relatedValue', isTaken: () => true });
  return withRows(saving, object, filled, (child, rows) =>
    taken(saving, reading, { object: child, rows, type: 'relatedValue', isTaken: () => true }),
  );
}

/** The draft with its snapshots: those that still follow their origin take its value of this moment, all others stay what they were. */
export async function withSnapshots(
  saving: Saving,
  at: { object: ObjectDefinition; draft: Draft; before: Draft | null; query: Query },
): Promise<Draft> {
  const { object, draft, before, query } = at;
  if (!hasOrigins(saving.index, object).snapshot) return draft;
  const reading = { scope: { schema: saving.index, permissions: saving.system.permissions }, query };
  const isTaken = (field: FieldDefinition, row: RecordValues, was: RecordValues | null): boolean => {
    const isOpen = openState(object, field, before);
    return isOpen ?? (was === null || was[referenceKey(field)] !== row[referenceKey(field)]);
  };
  const [own = draft] = await taken(saving, reading, {
    object,
    rows: [draft],
    type: 'snapshot',
    isTaken: (field, row) => isTaken(field, row, before),
  });
  const [whole = own] = await withRows(saving, object, [own], (child, rows, name) => {
    const known = new Map(rowsOf(before, name).map((row) => [row['id'], row]));
    const isRowTaken = (field: FieldDefinition, row: RecordValues) => isTaken(field, row, known.get(row['id']) ?? null);
    return taken(saving, reading, { object: child, rows, type: 'snapshot', isTaken: isRowTaken });
  });
  return { ...whole };
}

/** Whether the record is in a status in which snapshots follow; null where it has none. A record that is being made is open. */
function openState(object: ObjectDefinition, field: FieldDefinition, before: Draft | null): boolean | null {
  const status = statusField(object);
  if (!status) return null;
  if (before === null) return true;
  const first = status.initial ?? status.options?.[0]?.key ?? '';
  return (field.followsIn ?? object.editableIn ?? [first]).includes(String(before[status.name]));
}

/** The key of the reference that a path goes through. */
function referenceKey(field: FieldDefinition): string {
  return `${field.path?.split('.')[0] ?? ''}Id`;
}

type Taking = {
  readonly object: ObjectDefinition;
  readonly rows: readonly RecordValues[];
  readonly type: OriginType;
  readonly isTaken: (field: FieldDefinition, row: RecordValues) => boolean;
};

/** Rows of one object with the values that they take over: one query for each field. */
async function taken(saving: Saving, reading: Reading, { object, rows, type, isTaken }: Taking): Promise<readonly RecordValues[]> {
  let filled = rows;
  for (const field of fieldsOf(saving.index, object, type)) {
    const origin = findOrigin(reading.scope, ownSide(object), field);
    if (!origin) continue;
    const key = apiNameOf(origin.step.field);
    const asking = filled.filter((row) => isTaken(field, row));
    const ids = [...new Set(asking.flatMap((row) => (typeof row[key] === 'string' ? [row[key]] : [])))];
    const values = await originValues(reading.query, origin, ids);
    const marked = new Set(asking);
    filled = filled.map((row) => (marked.has(row) ? { ...row, [apiNameOf(field)]: values.get(row[key]) ?? null } : row));
  }
  return filled;
}

async function originValues(
  query: Query,
  origin: NonNullable<ReturnType<typeof findOrigin>>,
  ids: readonly string[],
): Promise<ReadonlyMap<unknown, unknown>> {
  if (ids.length === 0) return new Map();
  const value = shapeSql([{ kind: 'value', key: 'value', ...fieldExpression('t', origin.step.to, origin.field) }]);
  const rows = await query({
    text: `select t.id, ${value} from ${sideTable(origin.step.to)} t where t.id = any($1::uuid[])`,
    values: [ids],
  });
  return new Map(rows.map(([id, json]) => [id, parseObject(json)['value']]));
}

/** Records whose child rows have gone through `change`. */
async function withRows(
  saving: Saving,
  object: ObjectDefinition,
  records: readonly RecordValues[],
  change: (child: ObjectDefinition, rows: readonly RecordValues[], name: string) => Promise<readonly RecordValues[]>,
): Promise<readonly RecordValues[]> {
  const places = childFields(saving.index, object);
  const made: RecordValues[] = [];
  for (const record of records) {
    const changed: { [key: string]: unknown } = { ...record };
    for (const { field, child } of places) {
      const rows = rowsOf(record, field.name).filter(isRecord);
      if (rows.length > 0) changed[field.name] = await change(child, rows, field.name);
    }
    made.push(changed);
  }
  return made;
}

function fieldsOf(index: SchemaIndex, object: ObjectDefinition, type: OriginType): readonly FieldDefinition[] {
  return index.fieldsOf(object).all.filter((field) => field.type === type);
}
