import { identifier } from '../identifier.ts';
import { MIRROR_COLUMNS } from '../mirrored-fields.ts';
import { findOrigin, type Children, type Path, type Scope, type Side, type Step } from '../names.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import type { StorageKind } from '#platform/kernel/field-types/field-type.ts';
import { storageOf } from './json-value.ts';
import { tableOf } from './table.ts';
import { scopeOf, type ReadSource } from './source.ts';

/** What grows while one statement is compiled: its parameters and its aliases. */
export type Builder = {
  readonly source: ReadSource;
  readonly scope: Scope;
  readonly values: unknown[];
  /** Adds a parameter; gives its place in the text (`$3`). */
  readonly parameter: (value: unknown) => string;
  /** A table alias that no other part of the statement has. */
  readonly alias: () => string;
};

/** A builder for one statement. */
export function newBuilder(source: ReadSource): Builder {
  const values: unknown[] = [];
  let aliases = 0;
  return {
    source,
    scope: scopeOf(source),
    values,
    parameter: (value) => `$${values.push(value)}`,
    alias: () => `j${++aliases}`,
  };
}

/** The joins of one FROM clause. Each path of lookups is joined once, however many names use it. */
export type Joins = {
  /** The alias under which the end of a path stands. */
  readonly reach: (steps: readonly Step[]) => string;
  readonly sql: () => string;
  readonly isEmpty: () => boolean;
};

/** Joins onto a base alias. Lookups lead to one row at most, so no join makes a row appear twice. */
export function newJoins(builder: Builder, base: string): Joins {
  const known = new Map<string, string>();
  const parts: string[] = [];
  const reach = (steps: readonly Step[]): string => {
    let at = base;
    let key = '';
    for (const step of steps) {
      key += `/${step.field.id}`;
      const found = known.get(key) ?? join(at, step);
      known.set(key, found);
      at = found;
    }
    return at;
  };
  const join = (from: string, step: Step): string => {
    const alias = builder.alias();
    parts.push(` left join ${sideTable(step.to)} ${alias} on ${alias}.id = ${from}.${identifier(step.field.column)}`);
    return alias;
  };
  return { reach, sql: () => parts.join(''), isEmpty: () => parts.length === 0 };
}

/** An SQL expression and the storage kind its value has. */
export type Expression = { readonly sql: string; readonly storage: StorageKind };

/** The value at the end of a path. */
export function pathExpression(joins: Joins, path: Path): Expression {
  return fieldExpression(joins.reach(path.steps), path.side, path.field);
}

/** The value of a field of the row behind an alias: a column, or out of a mirror's data, cast to what the column is. */
export function fieldExpression(alias: string, side: Side, field: FieldDefinition): Expression {
  const storage = storageOf(field);
  if (!side.isForeign || MIRROR_COLUMNS.includes(field.column)) return { sql: `${alias}.${identifier(field.column)}`, storage };
  return { sql: mirrored(`${alias}.data`, field.column, storage), storage };
}

/**
 * The value that a record shows under a field, of the row behind an alias: its own, or for a related value what stands where its reference
 * leads to, read by a subquery of its own so that it can stand in any list of columns.
 */
export function shownExpression(scope: Scope, alias: string, side: Side, field: FieldDefinition): Expression {
  const origin = field.type === 'relatedValue' ? findOrigin(scope, side, field) : null;
  if (!origin) return fieldExpression(alias, side, field);
  const there = `${alias}_o`;
  const value = fieldExpression(there, origin.step.to, origin.field);
  const from = `${sideTable(origin.step.to)} ${there} where ${there}.id = ${alias}.${identifier(origin.step.field.column)}`;
  return { sql: `(select ${value.sql} from ${from})`, storage: value.storage };
}

/** The FROM clause of many records behind a field, and what ties them to the row behind `parent`, in their order. */
export function relatedRows(found: Children, alias: string, parent: string): { from: string; where: string; order: string } {
  const from = `${sideTable(found.side)} ${alias}`;
  if (found.field.type === 'children') return { from, where: `${alias}.parent_id = ${parent}.id`, order: `${alias}.position, ${alias}.id` };
  const ids = `${parent}.${identifier(found.field.column)}`;
  const living = found.side.isForeign ? `not ${alias}.deleted` : `${alias}.deleted_at is null`;
  return { from, where: `${alias}.id = any(${ids}) and ${living}`, order: `array_position(${ids}, ${alias}.id)` };
}

/** The table of one side: its records, or their mirror. */
export function sideTable(side: Side): string {
  return side.isForeign ? `mirror.${identifier(side.object.table)}` : tableOf(side.object);
}

const CASTS: Partial<Readonly<Record<StorageKind, string>>> = {
  integer: 'integer',
  bigint: 'bigint',
  numeric: 'numeric',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  interval: 'interval',
  timestamp: 'timestamptz',
  uuid: 'uuid',
};

function mirrored(data: string, column: string, storage: StorageKind): string {
  const key = `'${column.replaceAll("'", "''")}'`;
  if (storage === 'json') return `(${data}->${key})`;
  if (storage === 'textArray' || storage === 'uuidArray') {
    const element = storage === 'textArray' ? 'e' : 'e::uuid';
    return `(select array_agg(${element}) from jsonb_array_elements_text(nullif(${data}->${key}, 'null')) e)`;
  }
  const cast = CASTS[storage];
  return cast === undefined ? `(${data}->>${key})` : `(${data}->>${key})::${cast}`;
}
