import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import type { Change, Draft, Saved } from './change.ts';
import { checkedValues } from './checked-values.ts';
import { complete, derive, mergeChildren, writeChildren } from './draft.ts';
import { keepFiles } from './held-files.ts';
import type { Query } from './load.ts';
import { drawNumbers } from './numbers.ts';
import { withRelatedValues } from './origins.ts';
import { asDuplicate, denied, eventOf, inTransaction, savedOf, transactional, type Saving } from './saving.ts';
import { insertRow } from './write-row.ts';

/** Creates a record: one statement where the object has neither children nor hooks. */
export async function createRecord(saving: Saving, change: Change & { operation: 'create' }): Promise<Saved> {
  const { object } = change;
  refuseCreate(saving, object);
  const [values = {}] = await checkedValues(saving, object, { records: [change.values], operation: 'create' });
  const write = async (query: Query): Promise<Saved> => {
    const [numbered = values] = await drawNumbers(query, { index: saving.index, object }, [values]);
    const record = await buildRecord(saving, object, { id: change.id ?? uuidV7(), values: numbered, query });
    const event = eventOf(saving, object, { what: 'Created', record, differences: {} });
    // Rows before their parent: in the status that it begins with they may be sealed.
    await writeChildren(saving, object, { before: null, after: record, query });
    await query(insertRow({ index: saving.index, object }, record, event)).catch(asDuplicate(saving, object, record));
    await keepFiles(saving, object, { before: null, after: record, query });
    const [shown = record] = await withRelatedValues(saving, object, { records: [record], query });
    return savedOf(saving, object, { record: shown, created: true, changed: Object.keys(values) });
  };
  return transactional(saving, object) ? inTransaction(saving, write) : write(saving.store.database.write);
}

/** Refuses a caller who may not create records of the object. */
export function refuseCreate(saving: Saving, object: ObjectDefinition): void {
  if (!saving.options.asSystem && !saving.caller.permissions.on(object).create) throw denied(saving, object, 'create');
}

/** A new record as it will stand in its table, made of its values with their numbers: children merged, hooks run. */
export async function buildRecord(
  saving: Saving,
  object: ObjectDefinition,
  at: { id: string; values: Draft; query: Query },
): Promise<RecordValues> {
  const merged = mergeChildren(saving, object, { id: at.id, given: at.values, draft: at.values, before: null });
  const derived = await derive(saving, { object, draft: { ...merged, id: at.id }, before: null, query: at.query });
  return complete(saving, object, { values: derived, before: null });
}
