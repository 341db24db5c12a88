import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { loadLocked, notFound, type Query } from '../save/load.ts';
import { moveBeside } from '../life/move-beside.ts';
import { removeRecord } from '../save/remove.ts';
import type { Saving } from '../save/saving.ts';
import { rememberMerged } from './aliases.ts';
import { referringIds, referringObjects, repoint, type Redirection } from './repoint.ts';
import { takenOver } from './taken-over.ts';

/** Which record goes, which stays, and the fields in which the one that goes is right. */
export type Merge = { readonly object: ObjectDefinition; readonly from: string; readonly into: string; readonly take: readonly string[] };

const PAGE = 100;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Merges one record into another of its object, in this service: what refers to it refers to the other, what stands beside it too, it goes into the recycle bin, and its
 * id leads to the other for good. Its event says so to the services that mirror it, which do the same. One of both that is gone is refused.
 * Answers the values that the other takes over, which are still to be saved.
 */
export async function mergeRecords(saving: Saving, query: Query, { object, from, into, take }: Merge): Promise<RecordValues> {
  if (from === into) throw new Refusal('conflict', `A ${object.label.en} cannot be merged into itself. Choose another one.`);
  const found = await loadLocked(query, { index: saving.index, object }, [from, into]);
  const [goes, stays] = [found.get(from), found.get(into)];
  if (!goes || !stays) throw notFound(object, goes ? into : from);
  const values = takenOver(saving.index, object, { from: goes, into: stays, take });
  const redirection: Redirection = { target: object, from, into };
  await rememberMerged(query, { object: object.name, from, into });
  for (const referring of referringObjects(saving.index, redirection))
    await repointAll(saving, query, { ...redirection, object: referring });
  await moveBeside(query, { object: object.id, from, into });
  await removeRecord({ ...saving, options: { ...saving.options, mergedInto: into } }, { operation: 'delete', object, id: from });
  return values;
}

async function repointAll(saving: Saving, query: Query, at: Redirection & { object: ObjectDefinition }): Promise<void> {
  let after = FIRST;
  for (;;) {
    const ids = await referringIds(query, saving, { ...at, after, limit: PAGE });
    await repoint(saving, query, { ...at, ids });
    const last = ids.at(-1);
    if (last === undefined || ids.length < PAGE) return;
    after = last;
  }
}
