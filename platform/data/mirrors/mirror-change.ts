import type { PlatformEvent } from '#platform/kernel/event.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { Transaction } from '../database.ts';
import { keepInMirror } from './mirror-rows.ts';

/** Keeps the mirrors of foreign objects current from their record events. An older version than the one kept changes nothing, so order and repeats do no harm. */
export async function mirrorChanges(transaction: Transaction, index: SchemaIndex, events: readonly PlatformEvent[]): Promise<void> {
  const byObject = Map.groupBy(events, ({ subject }) => index.foreign.get(subject.split('/')[0] ?? ''));
  for (const [object, group] of byObject) {
    if (!object) continue;
    const rows = group.flatMap(({ type, data: { record } }) => (isRecord(record) ? [{ record, deleted: type.endsWith('Deleted') }] : []));
    await keepInMirror(transaction.query, { index, object }, rows);
  }
}
