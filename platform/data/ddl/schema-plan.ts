import { createHash } from 'node:crypto';
import type { FieldDefinition, ModuleSchema, ObjectDefinition } from '#platform/kernel/model.ts';
import { retyped } from '#platform/metadata/retype.ts';
import { fieldsTogether } from '#platform/metadata/unique-together.ts';
import { identifier } from '../identifier.ts';
import { foldedColumn, isManyTexts, searchableFields, searchDocument, titleFieldOf } from '../search.ts';
import { columnType } from './columns.ts';
import { countStatements } from './counts.ts';
import { balanceStatements } from './balances.ts';
import { chainStatements } from './chains.ts';
import { overlapStatements } from './overlaps.ts';
import { sealStatements } from './seals.ts';
import { pairStatements } from './column-pairs.ts';
import { wordStatements } from './words.ts';
import { staleStatements } from '../mirrors/moved-fields.ts';
import { columnText, fieldColumns, mirrorTable, ownFields, recordTable, tabled, tableText, type WantedTable } from './tables.ts';

/** An index that a schema wants: its name is made of ids and of what it indexes, so a changed index is another one. */
export type WantedIndex = {
  readonly name: string;
  readonly table: string;
  readonly definition: string;
  readonly unique: boolean;
  /** Ids of the fields of which it lets the same values be there once. */
  readonly fields?: readonly string[];
};

/**
 * What leads from one schema to the next. `statements` run in the transaction that writes the new version; `indexes` are made in it
 * on tables that are new or small, and afterwards, concurrently, on others. `dropped` are names of indexes no longer wanted.
 */
export type SchemaPlan = {
  readonly statements: readonly string[];
  readonly indexes: readonly WantedIndex[];
  readonly dropped: readonly string[];
};

/**
 * Plans the DDL from one applied schema (null: an empty database) to the next, comparing metadata by stable ids and never the tables:
 * a rename is nothing, a new field ADD COLUMN, a field that has left the metadata DROP COLUMN. A retired field keeps its column.
 */
export function planSchema(before: ModuleSchema | null, after: ModuleSchema): SchemaPlan {
  const known = new Map(tabled(before?.objects ?? []).map((object) => [object.id, object]));
  const kept = new Set(after.objects.map((object) => object.id));
  const statements = [
    ...tabled(after.objects).flatMap((object) => tableStatements(known.get(object.id), object)),
    ...[...known.values()]
      .filter((object) => !kept.has(object.id))
      .map((object) => `drop table if exists ${tableText(recordTable(object))}`),
    ...mirrorStatements(before, after),
    ...sealStatements(before, after),
    ...countStatements(before, after),
    ...balanceStatements(before, after),
    ...chainStatements(before, after),
    ...overlapStatements(before, after),
    ...pairStatements(before, after),
    ...wordStatements(before, after),
  ];
  const wanted = wantedIndexes(after);
  const had = new Set(before ? wantedIndexes(before).map((index) => index.name) : []);
  const names = new Set(wanted.map((index) => index.name));
  return {
    statements,
    indexes: wanted.filter((index) => !had.has(index.name)),
    dropped: [...had].filter((name) => !names.has(name)),
  };
}

/** Every index that a schema wants, own tables and mirrors. */
export function wantedIndexes(schema: ModuleSchema): readonly WantedIndex[] {
  const own = tabled(schema.objects).flatMap((object) => allIndexes(object, objectIndexes));
  return [...own, ...schema.foreign.flatMap((object) => allIndexes(object, mirrorIndexes))];
}

/** The statement that makes an index. */
export function createIndex(index: WantedIndex, how: '' | 'concurrently'): string {
  return `create ${index.unique ? 'unique ' : ''}index ${how} if not exists ${identifier(index.name)} on ${index.table} ${index.definition}`;
}

function tableStatements(before: ObjectDefinition | undefined, after: ObjectDefinition): readonly string[] {
  if (!before) return [createTable(recordTable(after))];
  const had = new Map(ownFields(before).flatMap((field) => fieldColumns(field).map((column) => [`${field.id} ${column.name}`, column])));
  const has = new Map(ownFields(after).flatMap((field) => fieldColumns(field).map((column) => [`${field.id} ${column.name}`, column])));
  const added = [...has].filter(([key]) => !had.has(key)).map(([, column]) => `add column if not exists ${columnText(column)}`);
  const dropped = [...had].filter(([key]) => !has.has(key)).map(([, column]) => `drop column if exists ${identifier(column.name)}`);
  const actions = [...added, ...dropped];
  return actions.length === 0 ? [] : [`alter table ${tableText(recordTable(after))} ${actions.join(', ')}`];
}

function createTable(table: WantedTable): string {
  const [key, ...others] = table.columns.map(columnText);
  return `create table if not exists ${tableText(table)} (${[`${key} primary key`, ...others].join(', ')})`;
}

function mirrorStatements(before: ModuleSchema | null, after: ModuleSchema): readonly string[] {
  const had = new Set((before?.foreign ?? []).map((object) => object.id));
  const has = new Set(after.foreign.map((object) => object.id));
  return [
    ...after.foreign.filter((object) => !had.has(object.id)).map((object) => createTable(mirrorTable(object))),
    ...(before?.foreign ?? [])
      .filter((object) => !has.has(object.id))
      .map((object) => `drop table if exists ${tableText(mirrorTable(object))}`),
    ...staleStatements(before, after),
  ];
}

/** Of an object with a field that is to change over also those that it will have then: they are there before it does. */
function allIndexes(object: ObjectDefinition, indexesOf: (one: ObjectDefinition) => readonly WantedIndex[]): readonly WantedIndex[] {
  const changing = object.fields.filter((field) => field.retype && field.state !== 'retired');
  const objects = changing.map((one) => ({ ...object, fields: object.fields.map((field) => (field === one ? retyped(field) : field)) }));
  const indexes = [object, ...objects].flatMap(indexesOf);
  return changing.length === 0 ? indexes : [...new Map(indexes.map((index) => [index.name, index])).values()];
}

function objectIndexes(object: ObjectDefinition): readonly WantedIndex[] {
  const table = tableText(recordTable(object));
  const live = object.fields.filter((field) => field.state !== 'retired');
  const living = object.parent === undefined ? ' where deleted_at is null' : '';
  const own = live
    .filter((field) => field.system !== true && columnType(field) !== null)
    .flatMap((field) => fieldIndexes(field, { table, living, object }));
  const searched = searchableFields(object);
  const title = titleFieldOf(object);
  return [
    ...own,
    ...(object.uniqueTogether ?? []).flatMap((names) => {
      const fields = fieldsTogether(object, names);
      if (!fields) return [];
      const columns = fields.map((field) => identifier(field.column)).join(', ');
      return [named({ table, unique: true, definition: `(${columns})${living}`, fields: fields.map((field) => field.id) })];
    }),
    ...(object.parent === undefined ? [] : [named({ table, unique: false, definition: '(parent_id, position)' })]),
    ...(searched.length === 0 ? [] : [named({ table, unique: false, definition: `using gin ((${searchDocument(searched, '')}))` })]),
    ...(title === null || columnType(title) !== 'text'
      ? []
      : [named({ table, unique: false, definition: `((${foldedColumn(title, '')}) text_pattern_ops)${living}` })]),
  ];
}

type Place = { readonly table: string; readonly living: string; readonly object: ObjectDefinition };

function fieldIndexes(field: FieldDefinition, place: Place): readonly WantedIndex[] {
  const column = identifier(field.column);
  const text = columnType(field) === 'text';
  const unique =
    field.unique === true
      ? [named({ table: place.table, unique: true, definition: `(${column})${place.living}`, fields: [field.id] })]
      : [];
  if (isList(field)) return [named({ table: place.table, unique: false, definition: `using gin (${column})` })];
  const isReference = field.type === 'lookup' || field.type === 'user' || field.type === 'polymorphic';
  const wanted = field.indexed === true || isReference;
  // Most references of most records lead nowhere; equality finds those that lead somewhere all the same.
  const filled = isReference && place.living !== '' ? `${place.living} and ${column} is not null` : place.living;
  const isAlone = wanted && field.unique !== true && !isManyTexts(field);
  const plain = isAlone ? [named({ table: place.table, unique: false, definition: `(${column})${filled}` })] : [];
  // Text is ordered in one collation, so an index that is to be used must be in it too.
  const sorted =
    wanted && text ? [named({ table: place.table, unique: false, definition: `(${column} collate "und-x-icu", id)${place.living}` })] : [];
  return [...unique, ...plain, ...sorted];
}

/** Lists of references are found from their other end; other lists only where an index is asked for. */
function isList(field: FieldDefinition): boolean {
  return field.type === 'manyToMany' || (field.indexed === true && columnType(field)?.endsWith('[]') === true);
}

/** By its title, and by what names one of it together: both are what it is looked for by. */
function mirrorIndexes(object: ObjectDefinition): readonly WantedIndex[] {
  const table = tableText(mirrorTable(object));
  const title = object.fields.find((field) => field.name === object.titleField);
  const kept = ({ column }: FieldDefinition): string => `(data ->> '${column.replaceAll("'", "''")}')`;
  const together = (object.uniqueTogether ?? []).flatMap((names) => {
    const fields = fieldsTogether(object, names);
    return fields ? [named({ table, unique: false, definition: `(${fields.map(kept).join(', ')})` })] : [];
  });
  return [...(title ? [named({ table, unique: false, definition: `(${kept(title)} collate "und-x-icu")` })] : []), ...together];
}

function named(index: Omit<WantedIndex, 'name'>): WantedIndex {
  const digest = createHash('sha256').update(`${index.table} ${index.unique} ${index.definition}`).digest('hex').slice(0, 20);
  return { name: `${index.unique ? 'u' : 'i'}_${digest}`, ...index };
}
