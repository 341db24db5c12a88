import { EntitySchema } from '@mikro-orm/core';
import { MikroORM } from '@mikro-orm/postgresql';
import type { ModuleSchema } from '#platform/kernel/model.ts';
import { identifier } from '../identifier.ts';
import { addConstraint, wantedOverlaps } from './overlaps.ts';
import { createIndex, wantedIndexes, type WantedIndex } from './schema-plan.ts';
import { tableText, wantedTables, type WantedTable } from './tables.ts';

/**
 * What is left to do until the tables and indexes of the database at `url` are those of the schema, as statements; empty when they are.
 * To be read, never to be run: MikroORM's comparison guesses renames and drops what it does not know. The change itself is planned
 * from the metadata (`planSchema`), and this is the independent look afterwards, in tests and in the doctor.
 */
export async function leftToDo(url: string, schema: ModuleSchema): Promise<readonly string[]> {
  const tables = wantedTables(schema);
  if (tables.length === 0) return [];
  const indexes = Map.groupBy(wantedIndexes(schema), (index) => index.table);
  const orm = new MikroORM({
    clientUrl: url,
    entities: tables.map((table) => entityOf(table, indexes.get(tableText(table)) ?? [])),
    schemaGenerator: { ignoreRoutines: true, ignoreTriggers: true, createForeignKeyConstraints: false },
  });
  try {
    const texts: string[] = [];
    for (const space of ['records', 'mirror']) texts.push(await orm.schema.getUpdateSchemaSQL({ wrap: false, schema: space }));
    const differences = texts.flatMap((text) => text.split(';\n').map((statement) => statement.trim()));
    const overlaps = wantedOverlaps(schema);
    const isOverlap = (statement: string): boolean =>
      overlaps.some(({ name }) => statement.endsWith(` drop constraint ${identifier(name)}`));
    return [
      ...differences.filter((statement) => statement !== '' && !isView(statement) && !isOverlap(statement)),
      ...(await missingOverlaps(orm, overlaps)),
      ...(await invalidIndexes(orm)),
    ];
  } finally {
    await orm.close(true);
  }
}

/** Views are a service's own, such as that of the events: the metadata ask for none, and MikroORM would drop them. */
function isView(statement: string): boolean {
  return statement.startsWith('drop view ');
}

/** MikroORM knows no exclusion constraints: it would drop those that are wanted, and misses none. */
async function missingOverlaps(orm: MikroORM, wanted: ReturnType<typeof wantedOverlaps>): Promise<readonly string[]> {
  const rows = await orm.em.getConnection().execute<{ name: string }[]>(`select conname as name from pg_constraint where contype = 'x'`);
  const known = new Set(rows.map(({ name }) => name));
  return wanted.filter(({ name }) => !known.has(name)).map(addConstraint);
}

/** MikroORM takes an index that a crash left half built for a whole one. */
async function invalidIndexes(orm: MikroORM): Promise<readonly string[]> {
  const rows = await orm.em.getConnection().execute<{ name: string }[]>(
    `select format('%s.%I', n.nspname, c.relname) as name
     from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('records', 'mirror') and not i.indisvalid order by 1`,
  );
  return rows.map(({ name }) => `reindex index concurrently ${name}`);
}

/** Indexes are told apart by name: it is made of what they index. */
function entityOf(table: WantedTable, indexes: readonly WantedIndex[]): EntitySchema {
  const properties = table.columns.map(
    (column, position) =>
      [
        column.name,
        {
          type: 'unknown',
          fieldName: column.name,
          columnType: column.type,
          nullable: column.isRequired !== true,
          ...(column.default === undefined ? {} : { defaultRaw: column.default }),
          ...(position === 0 ? { primary: true } : {}),
        },
      ] as const,
  );
  return new EntitySchema({
    name: `${table.space}.${table.name}`,
    schema: table.space,
    tableName: table.name,
    properties: Object.fromEntries(properties),
    indexes: indexes.map((index) => ({ name: index.name, expression: createIndex(index, '') })),
  });
}
