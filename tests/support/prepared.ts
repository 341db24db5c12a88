import pg from 'pg';
import { SERVICES } from '#platform/kernel/services.ts';

/** Set by `npm test` where it has prepared an installation for its test files: a `Prepared` as JSON. */
const PREPARED_VARIABLE = 'TEST_PREPARED';

/** An installation that was started and set up once, at rest in databases that are copied instead of made anew by every test file. */
export type Prepared = {
  readonly databasePrefix: string;
  /** A session of the first administrator. */
  readonly token: string;
};

/** What the environment of a test file says of it. */
export function preparedEnvironment(prepared: Prepared): Readonly<Record<string, string>> {
  return { [PREPARED_VARIABLE]: JSON.stringify(prepared) };
}

/** The installation that was prepared for this run, if one was. */
export function preparedInstallation(): Prepared | undefined {
  const text = process.env[PREPARED_VARIABLE];
  return text === undefined || text === '' ? undefined : JSON.parse(text);
}

/**
 * Makes an installation's databases as copies of the prepared ones, with roles that have what those roles have: the migrator of a copy acts as
 * the owner of its tables, whose new tables are granted like the others. A database in use cannot be copied, so nobody may enter the prepared ones.
 */
export async function copyPrepared({ databasePrefix: from }: Prepared, to: string, adminUrl: string): Promise<void> {
  await asAdministrator(adminUrl, async (client) => {
    const name = (prefix: string, database: string): string => client.escapeIdentifier(`${prefix}${database}`);
    await client.query(
      SERVICES.map(
        ({ database }) => `
        create role ${name(to, `${database}_app`)} in role ${name(from, `${database}_app`)};
        create role ${name(to, `${database}_migrator`)} in role ${name(from, `${database}_migrator`)};
        alter role ${name(to, `${database}_migrator`)} set role ${name(from, `${database}_migrator`)};`,
      ).join('\n'),
    );
    const { rows } = await client.query<{ fsync: string }>('show fsync');
    // To copy files begins with writing all that is not yet written, which is quick where nobody waits for the disk.
    const strategy = rows[0]?.fsync === 'off' ? 'file_copy' : 'wal_log';
    for (const { database } of SERVICES)
      await client.query(`create database ${name(to, database)} template ${name(from, database)} strategy ${strategy}`);
  });
}

/** Lets nobody enter the databases of an installation any more. */
export async function close({ databasePrefix }: Pick<Prepared, 'databasePrefix'>, adminUrl: string): Promise<void> {
  await asAdministrator(adminUrl, async (client) => {
    for (const { database } of SERVICES)
      await client.query(`alter database ${client.escapeIdentifier(`${databasePrefix}${database}`)} allow_connections false`);
  });
}

async function asAdministrator(adminUrl: string, run: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}
