import type { Json, Label, ObjectDefinition } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import type { RawRow, Transaction } from '#platform/data/database.ts';
import type { Patch } from '#platform/metadata/diff.ts';
import type { Conflict, Customisation } from '#platform/metadata/overlay.ts';

/** The steps of one object from one version to the next, or back. */
export type ObjectPatches = { readonly object: string; readonly patches: readonly Patch[] };

/** One version of the metadata, as it is written down. */
export type VersionRow = {
  readonly version: number;
  readonly at: string;
  readonly actor: string;
  readonly actorName: string;
  readonly kind: string;
  readonly summary: Label;
  readonly changes: Json;
  readonly forward: readonly ObjectPatches[];
  readonly inverse: readonly ObjectPatches[];
  /** Names of the objects it touched, modules whose schema it touched, and of those the ones that own a touched object. */
  readonly objects: readonly string[];
  readonly modules: readonly string[];
  readonly owners: readonly string[];
  readonly conflicts: readonly Conflict[];
  readonly undoes?: number;
  readonly undoneBy?: number;
};

/** Something that answers statements: the database or a transaction. */
export type Reader = { readonly query: Transaction['query'] };

const COLUMNS =
  'version, at, actor, actor_name, kind, summary, changes, forward, inverse, to_json(objects), to_json(modules), to_json(owners), conflicts, undoes, undone_by';

/** Takes the one lock that puts metadata versions in a sequence; held until the transaction ends. */
export async function lockVersions(transaction: Transaction): Promise<void> {
  await transaction.query({
    text: `select pg_advisory_xact_lock(hashtextextended('tessera metadata versions', 0))`,
    values: [],
  });
}

/** The last version; 0 before the first. */
export async function lastVersion(reader: Reader): Promise<number> {
  const rows = await reader.query({
    text: 'select coalesce(max(version), 0) from platform.metadata_version',
    values: [],
  });
  return Number(rows[0]?.[0] ?? 0);
}

/** One version, or undefined. */
export async function readVersion(reader: Reader, version: number): Promise<VersionRow | undefined> {
  const rows = await reader.query({
    text: `select ${COLUMNS} from platform.metadata_version where version = $1`,
    values: [version],
  });
  return rows[0] && versionOf(rows[0]);
}

/** The log, newest first, from below a version on; only those that touched an object when one is named, or changed that of an id. */
export async function readVersions(
  reader: Reader,
  page: { before?: number; object?: string; changing?: string; limit: number },
): Promise<readonly VersionRow[]> {
  const rows = await reader.query({
    text: `select ${COLUMNS} from platform.metadata_version
      where ($1::bigint is null or version < $1::bigint) and ($2::text is null or objects @> array[$2::text])
        and ($4::text is null or forward @> jsonb_build_array(jsonb_build_object('object', $4::text))) order by version desc limit $3`,
    values: [page.before ?? null, page.object ?? null, page.limit, page.changing ?? null],
  });
  return rows.map(versionOf);
}

/** The last version that touched the schema of each module. */
export async function readTouched(reader: Reader): Promise<ReadonlyMap<string, number>> {
  const rows = await reader.query({
    text: 'select module, max(version) from platform.metadata_version, unnest(modules) as module group by module',
    values: [],
  });
  return new Map(rows.map(([module, version]) => [String(module), Number(version)]));
}

/** Writes a version down; what it undoes is marked. */
export async function writeVersion(transaction: Transaction, row: VersionRow): Promise<void> {
  const json = [row.summary, row.changes, row.forward, row.inverse].map((part) => JSON.stringify(part));
  await transaction.query({
    text: `insert into platform.metadata_version (version, at, actor, actor_name, kind, summary, changes, forward, inverse, objects, modules, owners, conflicts, undoes)
      values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8::jsonb, $9::jsonb, $10::text[], $11::text[], $12::text[], $13::jsonb, $14)`,
    values: [
      row.version,
      row.at,
      row.actor,
      row.actorName,
      row.kind,
      ...json,
      [...row.objects],
      [...row.modules],
      [...row.owners],
      JSON.stringify(row.conflicts),
      row.undoes ?? null,
    ],
  });
  if (row.undoes !== undefined)
    await transaction.query({
      text: 'update platform.metadata_version set undone_by = $2 where version = $1',
      values: [row.undoes, row.version],
    });
}

/** The columns are jsonb that this file wrote, which is what the seams stand on. */
function versionOf(row: RawRow): VersionRow {
  const json = <T>(text: string | null | undefined): T => trusted<T>(JSON.parse(text ?? 'null'));
  return {
    version: Number(row[0]),
    at: new Date(`${row[1]}`).toISOString(),
    actor: String(row[2]),
    actorName: String(row[3]),
    kind: String(row[4]),
    summary: json<Label>(row[5]),
    changes: json<Json>(row[6]),
    forward: json<readonly ObjectPatches[]>(row[7]),
    inverse: json<readonly ObjectPatches[]>(row[8]),
    objects: json<readonly string[]>(row[9]),
    modules: json<readonly string[]>(row[10]),
    owners: json<readonly string[]>(row[11]),
    conflicts: json<readonly Conflict[]>(row[12]),
    ...(row[13] === null || row[13] === undefined ? {} : { undoes: Number(row[13]) }),
    ...(row[14] === null || row[14] === undefined ? {} : { undoneBy: Number(row[14]) }),
  };
}

/** The whole customised layer, by object, in the order in which it is applied. */
export async function readCustomisations(reader: Reader): Promise<readonly Customisation[]> {
  const rows = await reader.query({
    text: 'select target, op, path, value, base, after from platform.customisation order by target, position',
    values: [],
  });
  return rows.map(([target, op, path, value, base, after]) =>
    trusted<Customisation>({
      target,
      op,
      path,
      ...present('value', value),
      ...present('base', base),
      ...present('after', after),
    }),
  );
}

function present(name: string, text: string | null | undefined): { readonly [name: string]: unknown } {
  return text === null || text === undefined ? {} : { [name]: JSON.parse(text) };
}

/** Replaces the customisations of one object. */
export async function writeCustomisations(
  transaction: Transaction,
  target: string,
  customisations: readonly (Customisation & { readonly version: number })[],
): Promise<void> {
  await transaction.query({ text: 'delete from platform.customisation where target = $1', values: [target] });
  if (customisations.length === 0) return;
  const column = (read: (one: Customisation & { version: number }) => unknown) => customisations.map(read);
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  await transaction.query({
    text: `insert into platform.customisation (target, position, op, path, value, base, after, version)
      select $1, position, op, path, value::jsonb, base::jsonb, after::jsonb, version
      from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[]) with ordinality as t(op, path, value, base, after, version, position)`,
    values: [
      target,
      column((one) => one.op),
      column((one) => one.path),
      column((one) => json(one.value)),
      column((one) => json(one.base)),
      column((one) => json(one.after)),
      column((one) => one.version),
    ],
  });
}

/** The last version that touched each object. */
export async function readObjectVersions(reader: Reader): Promise<ReadonlyMap<string, number>> {
  const rows = await reader.query({ text: 'select object, version from platform.object_version', values: [] });
  return new Map(rows.map(([object, version]) => [String(object), Number(version)]));
}

/** Notes that a version touched these objects. */
export async function writeObjectVersions(transaction: Transaction, objects: readonly string[], version: number): Promise<void> {
  await transaction.query({
    text: 'insert into platform.object_version (object, version) select unnest($1::text[]), $2 on conflict (object) do update set version = excluded.version',
    values: [[...objects], version],
  });
}

/** The standard objects as they were seen last: what left the files since is kept, retired. */
export async function readStandardObjects(reader: Reader): Promise<readonly ObjectDefinition[]> {
  const rows = await reader.query({
    text: 'select definition from platform.standard_object order by object',
    values: [],
  });
  return rows.map(([definition]) => trusted<ObjectDefinition>(JSON.parse(definition ?? 'null')));
}

/** Replaces what was seen of the standard layer. */
export async function writeStandardObjects(transaction: Transaction, objects: readonly ObjectDefinition[]): Promise<void> {
  await transaction.query({ text: 'delete from platform.standard_object', values: [] });
  await transaction.query({
    text: 'insert into platform.standard_object (object, definition) select unnest($1::text[]), unnest($2::text[])::jsonb',
    values: [objects.map((object) => object.id), objects.map((object) => JSON.stringify(object))],
  });
}
