import { isAlwaysRequired } from '#platform/kernel/conditions/field-rules.ts';
import { namesIn } from '#platform/kernel/conditions/names.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { FitChange } from '#platform/metadata/fit.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import { converted } from '../ddl/conversion.ts';
import { identifier } from '../identifier.ts';
import { ownSide } from '../names.ts';
import { newJoins, type Builder } from '../read/builder.ts';
import { filterCondition, recordFilter } from '../read/filter.ts';
import { tableOf } from '../read/table.ts';
import { livingOf, uniqueKeys } from '../retype/unique-keys.ts';
import { postgresPattern } from './postgres-pattern.ts';

/** A condition on a row `r`, and the values of its parameters from the first on. */
export type Condition = { readonly sql: string; readonly values: readonly unknown[] };

/** The condition that a row meets when it cannot follow a change; null when every row can, or nothing can be asked about it. */
export function misfitCondition(builder: Builder, object: ObjectDefinition, change: FitChange): Condition | null {
  if (change.together) return duplicates(object, change.together);
  return change.before ? misfits(builder, object, { before: change.before, after: change.after }) : null;
}

/** Whether the values of the field are to be stored otherwise, so that they have to be carried over. */
export function isCarriedOver({ before, after }: FitChange): boolean {
  return before !== null && before.type !== after.type && isOther(before, after);
}

/** Whether an index has to be built over the rows. */
export function needsIndex({ before, after, together }: FitChange): boolean {
  return together !== undefined || (after.unique === true && before?.unique !== true);
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

/** The condition that a row meets when the field's new definition cannot hold its value; null when every value fits. */
function misfits(builder: Builder, object: ObjectDefinition, { before, after }: Change): Condition | null {
  const column = `r.${identifier(after.column)}`;
  const conditions: string[] = [];
  const { values, parameter } = builder;
  const { storage } = fieldType(after.type);
  if (storage === 'none') return null;
  if (after.column === before.column && isOther(before, after)) return notCarried(object, { before, after });
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
  if (storage === 'numeric' && after.precision !== undefined && after.precision !== before.precision)
    conditions.push(`abs(${column}) >= ${10n ** BigInt(after.precision - (after.scale ?? 0))}::numeric`);
  const pattern = after.pattern === undefined || after.pattern === before.pattern ? null : postgresPattern(after.pattern);
  if (storage === 'text' && pattern !== null) conditions.push(`${column} !~ ${parameter(pattern)}::text`);
  const offered = after.options && optionsLeft(before, after);
  if (storage === 'textArray' && offered) conditions.push(`not ${column} <@ ${parameter(offered)}::text[]`);
  if (storage === 'text' && offered) conditions.push(`${column} <> all(${parameter(offered)}::text[])`);
  return conditions.length === 0 ? null : { sql: conditions.join(' or '), values };
}

/** Another type stored otherwise: what counts is whether the value can be carried over, and whether it is still the only one there. */
function notCarried(object: ObjectDefinition, { before, after }: Change): Condition {
  const value = (row: string): string => converted(`${row}.${identifier(before.column)}`, before, after);
  const isLiving = livingOf(object);
  const doubles = uniqueKeys(object, before, after.unique === true).map((others) => {
    const keys = (row: string): string => [value(row), ...others.map((other) => `${row}.${identifier(other)}`)].join(', ');
    const present = [`(${value('x')}) is not null`, ...others.map((other) => `x.${identifier(other)} is not null`)].join(' and ');
    const places = [1, ...others.map((_other, at) => at + 2)].join(', ');
    return `(${isLiving('r')} and (${keys('r')}) in (select ${keys('x')} from ${tableOf(object)} x where ${isLiving('x')} and ${present} group by ${places} having count(*) > 1))`;
  });
  const misfit = `(r.${identifier(before.column)} is not null and (${value('r')}) is null)`;
  return { sql: [misfit, ...doubles].join(' or '), values: [] };
}

type Change = { readonly before: FieldDefinition; readonly after: FieldDefinition };

function isOther(before: FieldDefinition, after: FieldDefinition): boolean {
  return fieldType(before.type).storage !== fieldType(after.type).storage;
}

/** The keys that stay as they are: of what is retired by this very change, people are told who has it. */
function optionsLeft(before: FieldDefinition, { options = [] }: FieldDefinition): readonly string[] {
  const gone = new Set((before.options ?? []).filter(({ retired }) => retired === true).map(({ key }) => key));
  return options.filter(({ key, retired }) => retired !== true || gone.has(key)).map(({ key }) => key);
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
