import type { ObjectDefinition } from '#platform/kernel/model.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import type { Statement } from '../database.ts';
import { prepared } from '../read/statement-names.ts';
import { manyValues, selectMany, type TypedColumn } from './many-rows.ts';

/** What an event row says besides its position and time. */
export type OutboxRow = {
  readonly type: string;
  readonly object: string | null;
  readonly recordId: string | null;
  readonly subject: string;
  readonly actor: string;
  readonly correlationId: string | undefined;
  readonly causationId: string | undefined;
  readonly workDate?: string | undefined;
  readonly objectVersion: number;
  readonly metadataVersion: number;
  readonly data: unknown;
};

const COLUMNS: readonly TypedColumn[] = [
  { name: 'id', type: 'uuid' },
  { name: 'type', type: 'text' },
  { name: 'object', type: 'text' },
  { name: 'record_id', type: 'uuid' },
  { name: 'subject', type: 'text' },
  { name: 'actor', type: 'text' },
  { name: 'correlation_id', type: 'text' },
  { name: 'causation_id', type: 'text' },
  { name: 'work_date', type: 'date' },
  { name: 'object_version', type: 'integer' },
  { name: 'metadata_version', type: 'bigint' },
  { name: 'data', type: 'json' },
];
const INSERT = `insert into platform.outbox (${COLUMNS.map(({ name }) => name).join(', ')})`;
const INSERT_MANY = `${INSERT} ${selectMany(COLUMNS)}`;

/** `insert into platform.outbox … select $n, … [from source]`, its parameters beginning at `first`. */
export function outboxInsert(first: number, source: string): string {
  const parameters = COLUMNS.map(({ type }, index) => `$${first + index}::${type}`).join(', ');
  return `${INSERT} select ${parameters}${source === '' ? '' : ` from ${source}`}`;
}

/** Puts many events into the outbox, in their order. */
export function outboxInsertMany(rows: readonly OutboxRow[]): Statement {
  return prepared(
    INSERT_MANY,
    manyValues(COLUMNS, rows.map(outboxValues), (row, column) => row[COLUMNS.indexOf(column)]),
  );
}

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
    row.workDate ?? null,
    row.objectVersion,
    row.metadataVersion,
    JSON.stringify(row.data),
  ];
}

/** `offer_line` + `Created` → `OfferLineCreated`. */
export function recordEventType(object: ObjectDefinition, what: 'Created' | 'Updated' | 'Deleted'): string {
  const pascal = object.name
    .split('_')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
  return `${pascal}${what}`;
}
