import { parseObject } from '#platform/kernel/json.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { apiNameOf, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import { identifier } from '../identifier.ts';
import { mirroredFields } from '../mirrored-fields.ts';
import type { Query } from '../save/load.ts';

/** The foreign object whose mirror is meant, and the schema that says which of its fields are kept. */
export type Mirrored = { readonly index: SchemaIndex; readonly object: ObjectDefinition };

/** Writes a record of another service, in API words, into its mirror. An older version than the one kept changes nothing. */
export async function keepInMirror(query: Query, at: Mirrored, row: { record: RecordValues; deleted: boolean }): Promise<void> {
  const kept = mirroredFields(at.index, at.object).map(
    (field) =>
      [
        field.column,
        valueOf(
          row.record,
          [field.name, ...(field.aliases ?? [])].map((name) => apiNameOf(field, name)),
        ),
      ] as const,
  );
  const table = `mirror.${identifier(at.object.table)}`;
  await query({
    text: `insert into ${table} as m (id, version, deleted, owner_id, team_id, company_id, data) values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (id) do update set version = excluded.version, deleted = excluded.deleted, owner_id = excluded.owner_id, team_id = excluded.team_id,
        company_id = excluded.company_id, data = excluded.data where m.version <= excluded.version`,
    values: [
      row.record['id'],
      row.record['version'] ?? 0,
      row.deleted,
      row.record['ownerId'] ?? null,
      row.record['teamId'] ?? null,
      row.record['companyId'] ?? null,
      JSON.stringify(Object.fromEntries(kept)),
    ],
  });
}

/** A record from before or after a rename has the value under another name of the same field. */
function valueOf(record: RecordValues, names: readonly string[]): unknown {
  const name = names.find((one) => record[one] !== undefined);
  return name === undefined ? null : record[name];
}

/** The mirrored values of some records, in API words, with id and version. */
export async function readMirror(query: Query, at: Mirrored, ids: readonly string[]): Promise<readonly RecordValues[]> {
  const rows = await query({
    text: `select id, version, data from mirror.${identifier(at.object.table)} where id = any($1::uuid[]) and not deleted`,
    values: [ids],
  });
  return rows.map(([id, version, data]) => {
    const kept = parseObject(data);
    const values = mirroredFields(at.index, at.object).map((field) => [apiNameOf(field), kept[field.column] ?? null] as const);
    return { ...Object.fromEntries(values), id, version: Number(version) };
  });
}
