import type { Caller } from '#platform/kernel/caller.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { perObject } from '#platform/metadata/per-object.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { fieldsTogether } from '#platform/metadata/unique-together.ts';
import type { Transaction } from '../database.ts';
import type { Store } from '../store.ts';
import type { SaveOptions, Saved } from './change.ts';
import { checkedValues } from './checked-values.ts';
import { writeChildren } from './draft.ts';
import { keepFiles } from './held-files.ts';
import { loadLocked, notFound, type Query } from './load.ts';
import { withRelatedValues } from './origins.ts';
import { outboxInsertMany } from './outbox-row.ts';
import { nestedIn, patched, type Patched } from './patched.ts';
import { asDuplicate, currentObject, eventOf, openSaving, refuseChild, savedOf, type Saving } from './saving.ts';
import { saveRecord } from './save.ts';
import { treeFields } from './tree-cycle.ts';
import { refuseUpdate } from './update.ts';
import { updateRows } from './write-row.ts';

/** Records by id, and the patch of each. */
export type UpdateBatch = {
  readonly object: ObjectDefinition;
  readonly changes: readonly { readonly id: string; readonly values: RecordValues }[];
};

/**
 * Changes many records, with one statement for those in which the same fields are other and one for their events. Every record goes the same way as
 * one alone: permissions, validation, references, hooks, conditions. Records whose turn matters go alone, behind the others. All or none; a
 * refusal does not say which record it was, so ask one by one for that.
 */
export async function updateMany(
  store: Store,
  caller: Caller,
  batch: UpdateBatch,
  options: SaveOptions & { readonly transaction: Transaction },
): Promise<readonly Saved[]> {
  const saving = openSaving(store, caller, options);
  const object = currentObject(saving.index, batch.object);
  refuseChild(saving, object);
  refuseUpdate(saving, object);
  const firsts = new Map(batch.changes.toReversed().map((change) => [change.id, change]));
  const all = await patchedTogether(saving, object, {
    changes: batch.changes.filter((change) => firsts.get(change.id) === change),
    query: options.transaction.query,
  });
  const inTurn = keysInTurn(saving.index, object);
  const together = all.filter(({ differences }) => !Object.keys(differences).some((key) => inTurn.has(key)));
  const saved = [...(await writeTogether(saving, object, { all: together, query: options.transaction.query }))];
  const done = new Set(together.map(({ change }) => change));
  for (const change of batch.changes.filter((one) => !done.has(one)))
    saved.push(await saveRecord(store, caller, { operation: 'update', object, ...change }, options));
  return saved;
}

type Change = UpdateBatch['changes'][number];
type Changed = Patched & { readonly change: Change };

/** Keys of values that may be there only once, or that are a place in a tree: who sets them must see what was set before. */
const keysInTurn = perObject((index, object): ReadonlySet<string> => {
  const unique = index.fieldsOf(object).all.filter((field) => field.unique === true);
  const rules = (object.uniqueTogether ?? []).flatMap((names) => fieldsTogether(object, names) ?? []);
  return new Set([...unique, ...rules, ...treeFields(index, object)].map((field) => apiNameOf(field)));
});

async function patchedTogether(
  saving: Saving,
  object: ObjectDefinition,
  { changes, query }: { changes: readonly Change[]; query: Query },
): Promise<readonly Changed[]> {
  const checked = await checkedValues(saving, object, { records: changes.map(({ values }) => values), operation: 'update' });
  const ids = changes.map(({ id }) => id);
  const records = await loadLocked(query, { index: saving.index, object }, ids);
  const all: Changed[] = [];
  for (const [at, change] of changes.entries()) {
    const before = records.get(change.id);
    if (!before) throw notFound(object, change.id);
    const patch = { values: checked[at] ?? {}, nested: nestedIn(saving, object, change.values) };
    all.push({ change, ...(await patched(saving, object, { patch, before, query })) });
  }
  return all;
}

type Writing = { readonly all: readonly Changed[]; readonly query: Query };

/** Writes what is other, and answers for all of them. */
async function writeTogether(saving: Saving, object: ObjectDefinition, { all, query }: Writing): Promise<readonly Saved[]> {
  const changed = all.filter(({ differences }) => Object.keys(differences).length > 0);
  for (const { before, record } of changed) await writeChildren(saving, object, { before, after: record, query });
  const alike = Map.groupBy(changed, ({ differences }) => Object.keys(differences).join(' '));
  for (const group of alike.values()) await updateAlike(saving, object, { all: group, query });
  for (const { before, record } of changed) await keepFiles(saving, object, { before, after: record, query });
  const events = changed.flatMap((one) => eventOf(saving, object, { what: 'Updated', ...one }) ?? []);
  if (events.length > 0) await query(outboxInsertMany(events));
  const shown = await withRelatedValues(saving, object, { records: all.map(({ record }) => record), query });
  return all.map(({ record, differences }, at) =>
    savedOf(saving, object, { record: shown[at] ?? record, created: false, changed: Object.keys(differences) }),
  );
}

/** Records in which the same fields are other. */
async function updateAlike(saving: Saving, object: ObjectDefinition, { all, query }: Writing): Promise<void> {
  const statement = updateRows(
    { index: saving.index, object },
    {
      records: all.map(({ record }) => record),
      versions: all.map(({ before }) => Number(before['version'])),
      keys: new Set(Object.keys(all[0]?.differences ?? {})),
    },
  );
  const rows = await query(statement).catch(asDuplicate(saving, object, {}));
  if (rows.length < all.length) throw new Error('A locked record changed under its lock.');
}
