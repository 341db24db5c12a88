import type { FieldDefinition, ModuleSchema, ObjectDefinition } from '#platform/kernel/model.ts';
import { identifier } from '../identifier.ts';
import { columnType } from './columns.ts';

/** One column as a schema wants it, in PostgreSQL's words. */
export type WantedColumn = {
  readonly name: string;
  readonly type: string;
  readonly isRequired?: boolean;
  readonly default?: string;
};

/** One table as a schema wants it. The first column is its primary key. */
export type WantedTable = { readonly space: 'records' | 'mirror'; readonly name: string; readonly columns: readonly WantedColumn[] };

/** Every table that a schema wants, own ones and mirrors. */
export function wantedTables(schema: ModuleSchema): readonly WantedTable[] {
  return [...tabled(schema.objects).map(recordTable), ...schema.foreign.map(mirrorTable)];
}

/** The objects whose records have a table of their own, which follows from their fields. */
export function tabled(objects: readonly ObjectDefinition[]): readonly ObjectDefinition[] {
  return objects.filter((object) => object.storedBy === undefined);
}

/** The table of an object's records. */
export function recordTable(object: ObjectDefinition): WantedTable {
  const fixed = object.parent === undefined ? RECORD_COLUMNS : CHILD_COLUMNS;
  return { space: 'records', name: object.table, columns: [...fixed, ...ownFields(object).flatMap(fieldColumns)] };
}

/** The table of what a service knows of another one's records. */
export function mirrorTable(object: ObjectDefinition): WantedTable {
  return { space: 'mirror', name: object.table, columns: MIRROR_COLUMNS };
}

/** The fields of an object that have a column of their own. */
export function ownFields(object: ObjectDefinition): readonly FieldDefinition[] {
  return object.fields.filter((field) => field.system !== true && columnType(field) !== null);
}

/** The column of a field, and the second one that it has while and after it is given another type. */
export function fieldColumns(field: FieldDefinition): readonly WantedColumn[] {
  const { retype, former } = field;
  return [
    { name: field.column, type: columnType(field) ?? '' },
    ...(retype ? [{ name: retype.column, type: columnType(retype.to) ?? '' }] : []),
    ...(former ? [{ name: former.column, type: columnType(former.as) ?? '' }] : []),
  ];
}

/** A table's name as it stands in SQL. */
export function tableText({ space, name }: Pick<WantedTable, 'space' | 'name'>): string {
  return `${space}.${identifier(name)}`;
}

/** A column's definition as it stands in SQL. */
export function columnText({ name, type, isRequired, default: value }: WantedColumn): string {
  return `${identifier(name)} ${type}${isRequired === true ? ' not null' : ''}${value === undefined ? '' : ` default ${value}`}`;
}

const ID: WantedColumn = { name: 'id', type: 'uuid', isRequired: true };
const VERSION: WantedColumn = { name: 'version', type: 'integer', isRequired: true };
const OWNERS: readonly WantedColumn[] = ['owner_id', 'team_id', 'company_id'].map((name) => ({ name, type: 'uuid' }));

/** Columns that every table of its kind has, whatever its features: switching a feature on needs no DDL. */
const RECORD_COLUMNS: readonly WantedColumn[] = [
  ID,
  VERSION,
  { name: 'created_at', type: 'timestamptz', isRequired: true },
  { name: 'created_by', type: 'text', isRequired: true },
  { name: 'updated_at', type: 'timestamptz', isRequired: true },
  { name: 'updated_by', type: 'text', isRequired: true },
  { name: 'deleted_at', type: 'timestamptz' },
  ...OWNERS,
];

const CHILD_COLUMNS: readonly WantedColumn[] = [
  ID,
  { name: 'parent_id', type: 'uuid', isRequired: true },
  { name: 'position', type: 'integer', isRequired: true, default: '0' },
];

const MIRROR_COLUMNS: readonly WantedColumn[] = [
  ID,
  VERSION,
  { name: 'deleted', type: 'boolean', isRequired: true, default: 'false' },
  ...OWNERS,
  { name: 'data', type: 'jsonb', isRequired: true },
];
