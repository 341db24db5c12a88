import type { PlatformEvent } from '#platform/kernel/event.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { Transaction } from '../database.ts';
import { keepInMirror } from './mirror-rows.ts';

/** Keeps the mirror of a foreign object current from its record events. An older version than the one kept changes nothing, so order and repeats do no harm. */
export async function mirrorChange(transaction: Transaction, index: SchemaIndex, event: PlatformEvent): Promise<void> {
  const object = index.foreign.get(event.subject.split('/')[0] ?? '');
  const record = event.data['record'];
  if (!object || !isRecord(record)) return;
  await keepInMirror(transaction.query, { index, object }, { record, deleted: event.type.endsWith('Deleted') });
}
