import pg from 'pg';
import { Refusal } from '#platform/kernel/errors.ts';

const UNREACHABLE: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ENOENT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);
const STORAGE_FULL = '53100';
const CANCELLED = '57014';
const CHECK_VIOLATION = '23514';
const TOO_LARGE = '54000';

/** The SQLSTATE of a database error, or the system's error code; empty for anything else. */
export function sqlState(error: unknown): string {
  if (error instanceof pg.DatabaseError) return error.code ?? '';
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Whether the connection failed rather than the statement. */
export function isConnectionError(error: unknown): boolean {
  const state = sqlState(error);
  if (UNREACHABLE.has(state) || state.startsWith('08')) return true;
  return (
    error instanceof Error && !(error instanceof pg.DatabaseError) && !(error instanceof Refusal) && CONNECTION_MESSAGE.test(error.message)
  );
}

/** pg reports a lost connection, a closed client and a full pool by message alone. */
const CONNECTION_MESSAGE =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|timeout expired|The database does not answer|Cannot use a pool after calling end)/;

/** A database error as the refusal it means for the caller, where it means one; else itself. */
export function refusalOf(error: unknown): unknown {
  if (isConnectionError(error))
    return new Refusal('database_unreachable', 'The database cannot be reached at the moment.', {
      retryAfterSeconds: 2,
    });
  const state = sqlState(error);
  if (state === STORAGE_FULL) return new Refusal('storage_full', 'The database has no room left.');
  if (state === TOO_LARGE)
    return new Refusal('record_too_wide', 'The record is larger than the database can hold or index. Shorten its longest texts.');
  if (state === CHECK_VIOLATION && error instanceof pg.DatabaseError)
    return new Refusal('conflict', { en: error.message, de: 'Das widerspricht dem, was schon gebucht oder festgeschrieben ist.' });
  if (state === CANCELLED)
    return new Refusal('limit_reached', {
      en: 'This takes longer than the database allows. Narrow the filter, or have the fields it uses indexed.',
      de: 'Das dauert länger, als die Datenbank erlaubt. Grenzen Sie den Filter ein, oder lassen Sie die Felder indizieren.',
    });
  return error;
}
