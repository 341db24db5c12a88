import { identifier } from '../identifier.ts';
import { MIRROR_COLUMNS } from '../mirrored-fields.ts';
import type { Path, Side, Step } from '../names.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import type { StorageKind } from '#platform/kernel/field-types/field-type.ts';
import { storageOf } from './json-value.ts';
import { tableOf } from './table.ts';
import { scopeOf, type ReadSource } from './source.ts';
import type { Scope } from '../names.ts';

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

function sideTable(side: Side): string {
  return side.isForeign ? `mirror.${identifier(side.object.table)}` : tableOf(side.object);
}

const CASTS: Partial<Readonly<Record<StorageKind, string>>> = {
  integer: 'integer',
  bigint: 'bigint',
  numeric: 'numeric',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamptz',
  uuid: 'uuid',
};

function mirrored(data: string, column: string, storage: StorageKind): string {
  const key = `'${column.replaceAll("'", "''")}'`;
  if (storage === 'json') return `(${data}->${key})`;
  if (storage === 'textArray') return `(select array_agg(e) from jsonb_array_elements_text(nullif(${data}->${key}, 'null')) e)`;
  const cast = CASTS[storage];
  return cast === undefined ? `(${data}->>${key})` : `(${data}->>${key})::${cast}`;
}
