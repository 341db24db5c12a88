import pg from 'pg';
import type { RawRow, Statement } from './database.ts';

/**
 * One connection of its own, outside the pool. Session locks live and die with it, so whoever reads and writes
 * through the session that holds a lock is fenced by it.
 */
export type Session = {
  readonly query: (statement: Statement) => Promise<readonly RawRow[]>;
  /** Calls `heard` on every NOTIFY of a channel. The channel is a plain identifier of the platform's own. */
  readonly listen: (channel: string, heard: () => void) => Promise<void>;
  /** Aborted when the connection has ended, whoever ended it. */
  readonly lost: AbortSignal;
  readonly close: () => Promise<void>;
};

const RAW_TEXT = { getTypeParser: () => (value: unknown) => value };

/** A statement that takes longer is a dead connection: the session ends, and its locks with it. */
const STATEMENT_MILLISECONDS = 30_000;

/** Opens a session. Nothing it commits waits for the disk: use it for what may be repeated after a crash, such as cursors. */
export async function openSession(options: { name: string; url: string }): Promise<Session> {
  const lost = new AbortController();
  const client = new pg.Client({
    connectionString: options.url,
    application_name: `tessera ${options.name} session`,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    query_timeout: STATEMENT_MILLISECONDS,
  });
  client.on('error', () => lost.abort());
  client.on('end', () => lost.abort());
  await client.connect();
  await client.query('set synchronous_commit = off');
  return Object.freeze({
    query: async (statement: Statement) => {
      const config = { ...statement, values: [...statement.values], rowMode: 'array' as const, types: RAW_TEXT };
      return (await client.query<(string | null)[]>(config)).rows;
    },
    listen: async (channel: string, heard: () => void) => {
      client.on('notification', (message) => message.channel === channel && heard());
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
    },
    lost: lost.signal,
    close: () => client.end().catch(() => undefined),
  });
}
