import { parseJson } from '#platform/kernel/json.ts';
import { isAlwaysRequired } from '#platform/kernel/conditions/field-rules.ts';
import { namesIn } from '#platform/kernel/conditions/names.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import type { FieldDefinition, Json, ObjectDefinition } from '#platform/kernel/model.ts';
import type { FitChange, FitReport } from '#platform/metadata/fit.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { Database } from '../database.ts';
import { identifier } from '../identifier.ts';
import { ownSide } from '../names.ts';
import { converted } from './conversion.ts';
import { newBuilder, newJoins, type Builder } from '../read/builder.ts';
import { filterCondition, recordFilter } from '../read/filter.ts';
import { tableOf } from '../read/table.ts';

const SAMPLES = 20;
const ROWS_PER_SECOND = 500_000;

/** Counts the living rows that a change of a field touches, and those that it cannot hold, with some of them. */
export async function checkFit(database: Database, index: SchemaIndex, change: FitChange): Promise<FitReport> {
  const object = index.schema.objects.find((one) => one.name === change.object);
  const isCarriedOver = change.before !== null && change.before.type !== change.after.type && isOther(change.before, change.after);
  if (!object || (object.parent !== undefined && !isCarriedOver)) return { affected: 0, doNotFit: 0, samples: [] };
  const living = `from ${tableOf(object)} r where ${object.parent === undefined ? 'r.deleted_at is null' : 'true'}`;
  const builder = newBuilder({ schema: index, caller: systemCaller(index.module), query: database.read });
  const bad = change.together
    ? duplicates(object, change.together)
    : change.before
      ? misfits(builder, object, { before: change.before, after: change.after })
      : null;
  const [counted] = await database.read({
    text: `select count(*), count(*) filter (where ${bad?.sql ?? 'false'}) ${living}`,
    values: bad?.values ?? [],
  });
  const [affected, doNotFit] = [Number(counted?.[0] ?? 0), Number(counted?.[1] ?? 0)];
  const seconds = affected / ROWS_PER_SECOND;
  if (!bad || doNotFit === 0) return { affected, doNotFit, samples: [], seconds };
  const title = index.fieldsOf(object).byName.get(object.titleField)?.column ?? 'id';
  const rows = await database.read({
    text: `select r.id, coalesce(r.${identifier(title)}::text, r.id::text), to_jsonb(r.${identifier(change.after.column)}) ${living} and (${bad.sql}) order by r.id limit ${SAMPLES}`,
    values: bad.values,
  });
  // PostgreSQL's to_jsonb wrote the value, so it is JSON.
  const samples = rows.map(([id, name, value]) => ({
    id: id ?? '',
    title: name ?? '',
    value: value === null || value === undefined ? null : trusted<Json>(parseJson(value)),
  }));
  return { affected, doNotFit, samples, seconds };
}

/** The condition that a row meets when another one has the same values in all of these fields; null while one of them has no column yet. */
function duplicates(object: ObjectDefinition, together: readonly string[]): Condition | null {
  const columns = together.flatMap((id) => {
    const field = object.fields.find((one) => one.id === id);
    return field ? [identifier(field.column)] : [];
  });
  if (columns.length < together.length) return null;
  const present = columns.map((column) => `x.${column} is not null`).join(' and ');
  const keys = (row: string): string => columns.map((column) => `${row}.${column}`).join(', ');
  return {
    sql: `(${keys('r')}) in (select ${keys('x')} from ${tableOf(object)} x where x.deleted_at is null and ${present} group by ${keys('x')} having count(*) > 1)`,
    values: [],
  };
}

type Condition = { readonly sql: string; readonly values: readonly unknown[] };

/** The condition that a row meets when the field's new definition cannot hold its value; null when every value fits. */
function misfits(builder: Builder, object: ObjectDefinition, { before, after }: Change): Condition | null {
  const column = `r.${identifier(after.column)}`;
  const conditions: string[] = [];
  const { values, parameter } = builder;
  const { storage } = fieldType(after.type);
  if (storage === 'none') return null;
  // Another type stored otherwise: what counts is whether the value can be carried over.
  if (after.column === before.column && isOther(before, after))
    return { sql: `${column} is not null and (${converted(column, before, after)}) is null`, values: [] };
  if (isAlwaysRequired(after) && !isAlwaysRequired(before)) conditions.push(`${column} is null`);
  const demand = demandOf(after);
  if (demand && JSON.stringify(demand) !== JSON.stringify(demandOf(before)) && isAnswerable(builder.source.schema, object, demand))
    conditions.push(`(${column} is null and ${meets(builder, object, demand)})`);
  if (after.unique === true && before.unique !== true) {
    conditions.push(
      `${column} in (select x.${identifier(after.column)} from ${tableOf(object)} x where x.deleted_at is null and x.${identifier(after.column)} is not null group by 1 having count(*) > 1)`,
    );
  }
  if (storage === 'text' && after.maxLength !== undefined && after.maxLength < (before.maxLength ?? Infinity))
    conditions.push(`char_length(${column}) > ${parameter(after.maxLength)}::integer`);
  if (storage === 'numeric' || storage === 'integer') {
    if (after.minimum !== undefined && after.minimum !== before.minimum)
      conditions.push(`${column} < ${parameter(after.minimum)}::numeric`);
    if (after.maximum !== undefined && after.maximum !== before.maximum)
      conditions.push(`${column} > ${parameter(after.maximum)}::numeric`);
  }
  if (storage === 'text' && after.options)
    conditions.push(`${column} <> all(${parameter(after.options.map((option) => option.key))}::text[])`);
  return conditions.length === 0 ? null : { sql: conditions.join(' or '), values };
}

type Change = { readonly before: FieldDefinition; readonly after: FieldDefinition };

function isOther(before: FieldDefinition, after: FieldDefinition): boolean {
  return fieldType(before.type).storage !== fieldType(after.type).storage;
}

/** The condition under which a record needs a value in the field; null where there is none to meet. */
function demandOf({ required, visibleWhen, requiredWhen }: FieldDefinition): Demand | null {
  if (required === true) return visibleWhen ?? null;
  if (!requiredWhen) return null;
  return visibleWhen ? { and: [visibleWhen, requiredWhen] } : requiredWhen;
}

type Demand = NonNullable<FieldDefinition['requiredWhen']>;

function meets(builder: Builder, object: ObjectDefinition, demand: Demand): string {
  return filterCondition(recordFilter(builder, newJoins(builder, 'r'), { side: ownSide(object), alias: 'r' }), demand);
}

/** A field that is only being added with the same change has no column yet, so no row can be asked about it. */
function isAnswerable(index: SchemaIndex, object: ObjectDefinition, demand: Demand): boolean {
  const { byApiName } = index.fieldsOf(object);
  return [...namesIn(demand)].every((name) => byApiName.has(name));
}
