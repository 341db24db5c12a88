import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';

/** What an event row says besides its position and time. */
export type OutboxRow = {
  readonly type: string;
  readonly object: string | null;
  readonly recordId: string | null;
  readonly subject: string;
  readonly actor: string;
  readonly correlationId: string | undefined;
  readonly causationId: string | undefined;
  readonly objectVersion: number;
  readonly metadataVersion: number;
  readonly data: unknown;
};

const COLUMNS = 'id, type, object, record_id, subject, actor, correlation_id, causation_id, object_version, metadata_version, data';
const TYPES = ['uuid', 'text', 'text', 'uuid', 'text', 'text', 'text', 'text', 'integer', 'bigint', 'jsonb'];

/** `insert into platform.outbox … select $n, … [from source]`, its parameters beginning at `first`. */
export function outboxInsert(first: number, source: string): string {
  const parameters = TYPES.map((type, index) => `$${first + index}::${type}`).join(', ');
  return `insert into platform.outbox (${COLUMNS}) select ${parameters}${source === '' ? '' : ` from ${source}`}`;
}

/** Many event rows from one JSON parameter `$1`. */
export const OUTBOX_INSERT_MANY = `insert into platform.outbox (${COLUMNS}) select ${COLUMNS} from jsonb_to_recordset($1::jsonb) as given(${COLUMNS.split(
  ', ',
)
  .map((column, index) => `${column} ${TYPES[index]}`)
  .join(', ')})`;

/** The values for `outboxInsert`, in its order. */
export function outboxValues(row: OutboxRow): readonly unknown[] {
  const id = uuidV7();
  return [
    id,
    row.type,
    row.object,
    row.recordId,
    row.subject,
    row.actor,
    row.correlationId ?? id,
    row.causationId ?? null,
    row.objectVersion,
    row.metadataVersion,
    JSON.stringify(row.data),
  ];
}

/** The row for `OUTBOX_INSERT_MANY`. */
export function outboxObject(row: OutboxRow): Record<string, unknown> {
  const names = COLUMNS.split(', ');
  const values = outboxValues({ ...row, data: null });
  return { ...Object.fromEntries(names.map((name, index) => [name, values[index]])), data: row.data };
}

/** `offer_line` + `Created` → `OfferLineCreated`. */
export function recordEventType(object: ObjectDefinition, what: 'Created' | 'Updated' | 'Deleted'): string {
  const pascal = object.name
    .split('_')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
  return `${pascal}${what}`;
}
