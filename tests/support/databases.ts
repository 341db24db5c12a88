import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Set by `npm test`, which drops all databases of its run at the end, whatever happened to the tests. */
export const RUN_VARIABLE = 'TEST_RUN';

/**
 * A DATABASE_PREFIX that nobody else uses, so that test files run at the same time. Afterwards, when everything is closed:
 *
 *   after(async () => { await installation.stop(); await dropDatabases(prefix, url); });
 */
export function freshPrefix(): string {
  return `${runPrefix(process.env[RUN_VARIABLE] ?? 'alone')}${randomId()}_`;
}

/** What the names of all databases of one run begin with. */
export function runPrefix(run: string): string {
  return `test_${run}_`;
}

/** A short id for names: six hexadecimal digits. */
export function randomId(): string {
  return randomBytes(3).toString('hex');
}

/** Drops the databases on the server at `url` whose names begin with `prefix`, and ends connections that are still open. */
export async function dropDatabases(prefix: string, url: string): Promise<readonly string[]> {
  if (!prefix.startsWith('test_')) throw new Error(`Only databases of tests are dropped, and "${prefix}" is none`);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query<{ name: string }>(
      'select datname as name from pg_database where starts_with(datname, $1) order by datname',
      [prefix],
    );
    const names = found.rows.map(({ name }) => name);
    for (const name of names) await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
    return names;
  } finally {
    await client.end();
  }
}
