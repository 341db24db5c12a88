import type { Caller } from '#platform/kernel/caller.ts';
import { underNewestSchema } from '../newer-schema.ts';
import type { Store } from '../store.ts';
import type { Change, SaveOptions, Saved } from './change.ts';
import { createRecord } from './create.ts';
import { removeRecord } from './remove.ts';
import { currentObject, openSaving, refuseChild, type Saving } from './saving.ts';
import { updateRecord } from './update.ts';

/**
 * The only writer of records: permissions → defaults → validation → references → hooks → conditions → row and event, in one transaction.
 * An object without hooks and children is written by one statement; on update under an optimistic version check that is repeated
 * when somebody else was faster. Throws Refusal: unknown_name, not_allowed, invalid_value, wrong_state, stale_version, duplicate, not_found, in_use.
 */
export async function saveRecord(store: Store, caller: Caller, change: Change, options: SaveOptions = {}): Promise<Saved> {
  const run = (): Promise<Saved> => {
    const saving = openSaving(store, caller, options);
    return carryOut(saving, { ...change, object: currentObject(saving.index, change.object) });
  };
  if (options.transaction) return run();
  const saved = await underNewestSchema(store, run);
  if (saved.changed.length > 0) store.wake();
  return saved;
}

function carryOut(saving: Saving, change: Change): Promise<Saved> {
  refuseChild(saving, change.object);
  if (change.operation === 'create') return createRecord(saving, change);
  if (change.operation === 'update') return updateRecord(saving, change);
  return removeRecord(saving, change);
}
