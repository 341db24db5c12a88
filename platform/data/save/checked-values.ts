import type { Caller } from '#platform/kernel/caller.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import type { Store } from '../store.ts';
import type { Draft } from './change.ts';
import { checkValues } from './draft.ts';
import { withKnownFiles } from './held-files.ts';
import { checkReferences } from './references.ts';
import { openSaving, type Saving } from './saving.ts';

/** Records as they were given, permitted, valid and canonical, whatever they refer to being there. Call it before the transaction begins. */
export async function checkedValues(
  saving: Saving,
  object: ObjectDefinition,
  given: { records: readonly RecordValues[]; operation: 'create' | 'update' },
): Promise<readonly Draft[]> {
  const checked = given.records.map((values) => checkValues(saving, object, { values, operation: given.operation }));
  return withKnownFiles(saving, object, await checkReferences(saving, object, checked));
}

/** One record's values, canonical, as far as they can be judged by themselves; refused when they are wrong whatever the database has. */
export function refuseWrong(
  store: Store,
  caller: Caller,
  given: { object: ObjectDefinition; values: RecordValues; operation: 'create' | 'update' },
): Draft {
  return checkValues(openSaving(store, caller, {}), given.object, given);
}
