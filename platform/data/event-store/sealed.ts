import { createHash } from 'node:crypto';

/**
 * What the chain covers of an event: every column but its own hash, as text. Days are `2026-01-31`, instants `2026-01-31T08:00:00.000000Z`; hashes are in hexadecimal; what is not there is null.
 */
export type Covered = {
  readonly position: string;
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly object: string | null;
  readonly record_id: string | null;
  readonly mentions: readonly string[];
  readonly time: string;
  readonly actor: string;
  readonly correlation_id: string;
  readonly causation_id: string | null;
  readonly work_date: string | null;
  readonly object_version: string;
  readonly metadata_version: string;
  readonly stored_at: string;
  readonly payload_hash: string;
  readonly previous: string;
};

/** The columns in the order in which they are hashed. */
export const COVERED: readonly (keyof Covered)[] = [
  'position',
  'id',
  'source',
  'type',
  'subject',
  'object',
  'record_id',
  'mentions',
  'time',
  'actor',
  'correlation_id',
  'causation_id',
  'work_date',
  'object_version',
  'metadata_version',
  'stored_at',
  'payload_hash',
  'previous',
];

/** The hash of an event: SHA-256, in hexadecimal, of the JSON array of what is covered. */
export function hashOf(event: Covered): string {
  return hashOfValues(COVERED.map((column) => event[column]));
}

/** The same of the values of `COVERED`, in its order. */
export function hashOfValues(values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

/** The hash of what an event carries: SHA-256, in hexadecimal, of its salt and behind it the text. */
export function payloadHashOf(salt: Uint8Array, payload: string): string {
  return createHash('sha256').update(salt).update(payload).digest('hex');
}
