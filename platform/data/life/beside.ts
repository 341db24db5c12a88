import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Features, ObjectDefinition } from '#platform/kernel/model.ts';
import { getRecord } from '../read/record.ts';
import { readSource, type ReadSource } from '../read/source.ts';
import type { Deleted } from '../read/table.ts';
import type { Store } from '../store.ts';
import type { Beside } from './life-events.ts';

/** A record that the caller may read, to write something beside it. Refuses what is not there for them, and what its object does not have. */
export async function besideRecord(
  store: Store,
  caller: Caller,
  at: { object: ObjectDefinition; id: string; feature: keyof Features },
): Promise<Beside> {
  const { object, id, feature } = at;
  const { version } = await demandRecord(readSource(store, caller), object, { id, feature, deleted: 'no' });
  return { store, caller, object, id, version };
}

/** That the record is there for the caller, in the recycle bin too where that counts, and that its object has comments or files. */
export async function demandRecord(
  source: ReadSource,
  object: ObjectDefinition,
  at: { id: string; feature?: keyof Features; deleted: Deleted },
): Promise<{ readonly version: number }> {
  const found = await getRecord(source, object, at.id, { fields: ['id'], deleted: at.deleted });
  if (!found) throw new Refusal('not_found', `There is no such ${object.label.en}.`);
  if (at.feature !== undefined && !hasFeature(object, at.feature))
    throw new Refusal('not_found', `${object.pluralLabel.en} have no ${at.feature}. An administrator can switch them on.`);
  return found;
}

/** Whether records of the object have comments or attachments: unless switched off, and not in rows, which live inside their parent. */
export function hasFeature(object: ObjectDefinition, feature: keyof Features): boolean {
  return object.parent === undefined && object.features[feature] !== false;
}
