import pg from 'pg';
import type { ModuleSchema } from '#platform/kernel/model.ts';
import { sqlState } from './database-errors.ts';
import { leftToDo } from './ddl/schema-check.ts';

/** What a service's database says of itself. */
export type Diagnosis = {
  /** The version of the metadata that is applied; 0 before the first. */
  readonly version: number;
  /** Statements left to do until tables and indexes are what that version wants. To be read, not run. */
  readonly differences: readonly string[];
  /** Jobs that wait or run. */
  readonly jobsPending: number;
  /** Events that a consumer could not handle and that nobody has looked after yet. */
  readonly deadLetters: number;
};

const NO_SUCH_DATABASE = '3D000';
const NO_SUCH_TABLE = '42P01';

/** Looks into the database at `url` and changes nothing. Null when it has not been made yet. */
export async function diagnose(url: string): Promise<Diagnosis | null> {
  const client = new pg.Client({ connectionString: url, application_name: 'tessera doctor' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<Found>(
      `select (select schema from platform.applied_metadata) as schema,
         (select count(*)::int from platform.job where state in ('queued', 'running')) as pending,
         (select count(*)::int from platform.dead_letter where state = 'open') as letters`,
    );
    const found = rows[0] ?? { schema: null, pending: 0, letters: 0 };
    return {
      version: found.schema?.version ?? 0,
      differences: found.schema ? await leftToDo(url, found.schema) : [],
      jobsPending: found.pending,
      deadLetters: found.letters,
    };
  } catch (error) {
    if ([NO_SUCH_DATABASE, NO_SUCH_TABLE].includes(sqlState(error))) return null;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

type Found = { readonly schema: ModuleSchema | null; readonly pending: number; readonly letters: number };

/** The last version of the metadata that touches each module, from the core's database at `url`; empty before there is one. */
export async function newestVersions(url: string): Promise<ReadonlyMap<string, number>> {
  const client = new pg.Client({ connectionString: url, application_name: 'tessera doctor' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ module: string; version: number }>(
      'select module, max(version)::int as version from platform.metadata_version, unnest(modules) as module group by module',
    );
    return new Map(rows.map(({ module, version }) => [module, version]));
  } catch (error) {
    if ([NO_SUCH_DATABASE, NO_SUCH_TABLE].includes(sqlState(error))) return new Map();
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
