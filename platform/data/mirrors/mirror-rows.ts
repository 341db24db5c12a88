import { parseObject } from '#platform/kernel/json.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { perObject } from '#platform/metadata/per-object.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { RawRow } from '../database.ts';
import { identifier } from '../identifier.ts';
import { mirroredFields } from '../mirrored-fields.ts';
import { prepared } from '../read/statement-names.ts';
import type { Query } from '../save/load.ts';
import { keptAs, type KeepValue } from './kept-value.ts';
import { manyValues, selectMany, type TypedColumn } from '../save/many-rows.ts';

/** The foreign object whose mirror is meant, and the schema that says which of its fields are kept. */
export type Mirrored = { readonly index: SchemaIndex; readonly object: ObjectDefinition };

/** A record of another service, in API words, as it stands there now. */
export type MirrorRow = { readonly record: RecordValues; readonly deleted: boolean };

/** Writes records of another service into their mirror, in one statement. Versions older than those kept change nothing. */
export async function keepInMirror(query: Query, at: Mirrored, rows: readonly MirrorRow[]): Promise<void> {
  if (rows.length === 0) return;
  const kept = keptOf(at.index, at.object);
  await query(
    prepared(
      kept.upsert,
      manyValues(COLUMNS, newest(rows), (row, { name }) => valueOf(row, name, kept)),
    ),
  );
}

/** In the order of their ids, so that two writers of the same rows never wait for each other; of each record its newest version. */
function newest(rows: readonly MirrorRow[]): readonly MirrorRow[] {
  const byId = new Map<string, MirrorRow>();
  for (const row of rows) {
    const id = String(row.record['id']);
    if (versionOf(row) >= versionOf(byId.get(id))) byId.set(id, row);
  }
  return [...byId].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row);
}

function versionOf(row: MirrorRow | undefined): number {
  return row === undefined ? -1 : Number(row.record['version'] ?? 0);
}

const COLUMNS: readonly TypedColumn[] = [
  { name: 'id', type: 'uuid' },
  { name: 'version', type: 'integer' },
  { name: 'deleted', type: 'boolean' },
  { name: 'owner_id', type: 'uuid' },
  { name: 'team_id', type: 'uuid' },
  { name: 'company_id', type: 'uuid' },
  { name: 'data', type: 'jsonb' },
];
const NAMES = COLUMNS.map(({ name }) => name);

/** How records of an object are kept: the statement, and for each kept column what stands before its value and the names under which a record may have its value. */
type Kept = { readonly upsert: string; readonly fields: readonly KeptField[] };
type KeptField = { readonly before: string; readonly names: readonly string[]; readonly keep: KeepValue };

const keptOf = perObject((index, object): Kept => {
  const updates = NAMES.filter((name) => name !== 'id').map((name) => `${name} = excluded.${name}`);
  return {
    upsert: `insert into mirror.${identifier(object.table)} as m (${NAMES.join(', ')}) ${selectMany(COLUMNS)}
      on conflict (id) do update set ${updates.join(', ')} where m.version <= excluded.version`,
    fields: mirroredFields(index, object).flatMap((field) => {
      const names = [field.name, ...(field.aliases ?? [])].map((name) => apiNameOf(field, name));
      return placesOf(field).map(({ column, settings }) => ({ before: `${JSON.stringify(column)}:`, names, keep: keptAs(settings) }));
    }),
  };
});

/**
 * Under which columns a field is kept, and as what: its own; and the one that it is going over into or has come from, so that whoever reads by the
 * metadata before or after finds it too.
 */
function placesOf(
  field: FieldDefinition,
): readonly { readonly column: string; readonly settings: Pick<FieldDefinition, 'type' | 'scale'> }[] {
  const { column, retype, former } = field;
  return [
    { column, settings: field },
    ...(retype ? [{ column: retype.column, settings: retype.to }] : []),
    ...(former ? [{ column: former.column, settings: former.as }] : []),
  ];
}

function valueOf({ record, deleted }: MirrorRow, column: string, kept: Kept): unknown {
  if (column === 'deleted') return deleted;
  if (column === 'version') return record['version'] ?? 0;
  if (column === 'data') return dataText(record, kept);
  return record[column.replace(/_id$/, 'Id')] ?? null;
}

/** The kept values as JSON text. What has no value is left out: it reads the same, and costs PostgreSQL nothing. */
function dataText(record: RecordValues, { fields }: Kept): string {
  let text = '';
  for (const { before, names, keep } of fields) {
    const told = named(record, names);
    const value = told === null || told === undefined ? null : keep(told);
    if (value !== null && value !== undefined) text += `${text === '' ? '' : ','}${before}${JSON.stringify(value)}`;
  }
  return `{${text}}`;
}

/** A record from before or after a rename has the value under another name of the same field. */
function named(record: RecordValues, names: readonly string[]): unknown {
  const name = names.find((one) => record[one] !== undefined);
  return name === undefined ? null : record[name];
}

/** The mirrored values of some records, in API words, with id and version. */
export async function readMirror(query: Query, at: Mirrored, ids: readonly string[]): Promise<readonly RecordValues[]> {
  const rows = await query({
    text: `select id, version, data from mirror.${identifier(at.object.table)} where id = any($1::uuid[]) and not deleted`,
    values: [ids],
  });
  return mirroredRecords(at, rows);
}

/** Rows of id, version and data as records in API words. */
export function mirroredRecords({ index, object }: Mirrored, rows: readonly RawRow[]): readonly RecordValues[] {
  const fields = mirroredFields(index, object);
  return rows.map(([id, version, data]) => {
    const kept = parseObject(data);
    const values = fields.map((field) => [apiNameOf(field), kept[field.column] ?? null] as const);
    return { ...Object.fromEntries(values), id, version: Number(version) };
  });
}
