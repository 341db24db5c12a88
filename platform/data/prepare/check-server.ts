import { DatabaseError, withClient } from './connect.ts';

const VERSION_MIN = 150_000;

/**
 * Sees before anything is made whether the server at `adminUrl` can serve these databases, so that what is wrong is said once and in
 * one sentence. Throws DatabaseError.
 */
export function checkServer(adminUrl: string, databases: readonly string[]): Promise<void> {
  return withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ version: number; creates: boolean; missing: readonly string[] }>(
      `select current_setting('server_version_num')::int as version,
         (select rolcreatedb or rolsuper from pg_roles where rolname = current_user) as creates,
         array(select name from unnest($1::text[]) as name where name not in (select datname from pg_database) order by name) as missing`,
      [databases],
    );
    const { version = 0, creates = false, missing = [] } = rows[0] ?? {};
    if (version < VERSION_MIN)
      throw new DatabaseError(
        `The server that DATABASE_URL names is PostgreSQL ${Math.floor(version / 10_000)}, and Tessera needs 15 or newer. Name a newer one.`,
      );
    if (missing.length > 0 && !creates)
      throw new DatabaseError(
        `These databases are missing, and the user ${client.user} may not create them: ${missing.join(', ')}. ` +
          `Create them with this user as their owner, or give DATABASE_URL a user that may create databases.`,
      );
  });
}
