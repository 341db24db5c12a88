import pg from 'pg';

/** A database that cannot be prepared: one sentence with the way out. */
export class DatabaseError extends Error {}

const CONNECT_MS = 10_000;
/** The system's error codes, and the server's own, of a server that cannot be reached or does not let us in yet. */
const SILENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET'];
const FULL = '53100';

/** Runs something on a connection of its own. Throws DatabaseError when there is none, or when the server lacks room or goes away. */
export async function withClient<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'tessera prepare', connectionTimeoutMillis: CONNECT_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await run(client);
  } catch (error) {
    throw explained(error, url);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The sentence for what went wrong with a server; an error that has none stays as it is. */
function explained(error: unknown, url: string): unknown {
  if (error instanceof DatabaseError) return error;
  const sentence = sentenceOf(codeOf(error), error instanceof Error ? error.message : String(error), new URL(url));
  return sentence === undefined ? error : new DatabaseError(sentence, { cause: error });
}

function sentenceOf(code: string, said: string, { host, username, pathname }: URL): string | undefined {
  if (SILENT.includes(code) || said.startsWith('timeout expired'))
    return `No PostgreSQL answers at ${host}. Start it, or correct DATABASE_URL, or leave DATABASE_URL out to use the embedded one.`;
  if (code === '28P01' || code === '28000')
    return `PostgreSQL at ${host} does not accept the user ${decodeURIComponent(username)} with this password (${said}). Correct DATABASE_URL.`;
  if (code === '3D000')
    return `The database ${pathname.slice(1)} does not exist at ${host}. DATABASE_URL names the maintenance database, usually postgres.`;
  if (code === FULL || said.includes('No space left on device'))
    return 'The disk of PostgreSQL is full. Free some space and start again; nothing that was saved is lost.';
  if (code === '53300')
    return `PostgreSQL at ${host} has no connection left. Raise its max_connections (all services in one process need 60), or end other connections.`;
  if (code.startsWith('57P') || code.startsWith('08') || said.startsWith('Connection terminated'))
    return `PostgreSQL at ${host} ended the connection (${said}). Look into its log, and start again when it runs.`;
  return undefined;
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
