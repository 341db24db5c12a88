import pg from 'pg';
import type { ModuleSchema } from '#platform/kernel/model.ts';
import { leftToDo } from '#platform/data/ddl/schema-check.ts';
import { needed, testDatabaseUrl } from '#tests/support/services.ts';

/** What a service's database says of itself: the schema it has applied, and what is left to do until its tables are that schema's. */
export type AppliedThere = { readonly schema: ModuleSchema | undefined; readonly left: readonly string[] };

/** The address of a service's database. */
export function databaseUrl(name: string): string {
  return Object.assign(new URL(needed(testDatabaseUrl())), { pathname: `/${name}` }).href;
}

/** Runs SQL in a service's database. */
export async function sql(database: string, text: string): Promise<readonly { readonly [column: string]: unknown }[]> {
  const client = new pg.Client({ connectionString: databaseUrl(database) });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Looks at the applied schema and the tables of a service. */
export async function appliedIn(database: string): Promise<AppliedThere> {
  const client = new pg.Client({ connectionString: databaseUrl(database) });
  await client.connect();
  const { rows } = await client
    .query<{ schema: ModuleSchema }>('select schema from platform.applied_metadata')
    .finally(() => void client.end());
  const schema = rows[0]?.schema;
  return { schema, left: schema ? await leftToDo(databaseUrl(database), schema) : ['nothing is applied'] };
}
