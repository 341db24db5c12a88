import { createHash } from 'node:crypto';
import { Refusal, type ErrorCode } from '#platform/kernel/errors.ts';

const AWAY_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** SQLSTATE classes: connection lost, resources exhausted, server going down or starting, disk or system failure. */
const AWAY_CLASSES: readonly string[] = ['08', '53', '57P', '58'];

/** What pg says without a code when its connection or its pool cannot serve. */
const AWAY_MESSAGE =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Client was closed)/;

const AWAY_REFUSALS: readonly ErrorCode[] = ['core_unreachable', 'database_unreachable', 'schema_behind', 'storage_full'];

/** Whether something failed because what it needs is away, so that waiting helps and the event is not to blame. */
export function isTemporary(error: unknown): boolean {
  if (error instanceof Refusal) return AWAY_REFUSALS.includes(error.code);
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return AWAY_CODES.has(code) || AWAY_CLASSES.some((start) => code.startsWith(start)) || AWAY_MESSAGE.test(error.message);
}

/** Whether a failure that comes again and again is worth a line in the log: at its first, second, fourth, eighth … time. */
export function isNews(time: number): boolean {
  return Number.isInteger(Math.log2(time));
}

/** A failure in one sentence. */
export function reasonOf(failure: unknown): string {
  const text = failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure);
  return text.slice(0, 2_000);
}

/** The same for failures that come from the same place: a hash of the error's name and the functions and files of its stack. */
export function stackHashOf(failure: unknown): string {
  const frames = failure instanceof Error ? (failure.stack ?? '').split('\n').filter((line) => line.startsWith('    at ')) : [];
  const name = failure instanceof Error ? failure.name : typeof failure;
  return createHash('sha256')
    .update([name, ...frames].join('\n'))
    .digest('hex')
    .slice(0, 16);
}
