import { Refusal } from '#platform/kernel/errors.ts';
import type { Change, Saved } from './change.ts';
import { checkedValues } from './checked-values.ts';
import { complete, derive, differencesOf, mergeChildren, writeChildren } from './draft.ts';
import { keepFiles } from './held-files.ts';
import { loadRecord, notFound, type Query } from './load.ts';
import { asDuplicate, denied, eventOf, inTransaction, refuseIssued, refuseStale, savedOf, transactional, type Saving } from './saving.ts';
import { updateRow } from './write-row.ts';

const RACES_MAX = 8;

/** Patches a record, in its own words a JSON merge patch (RFC 7396). */
export async function updateRecord(saving: Saving, change: Change & { operation: 'update' }): Promise<Saved> {
  const { object } = change;
  if (!saving.options.asSystem && !saving.caller.permissions.on(object).edit) throw denied(saving, object, 'edit');
  const [values = {}] = await checkedValues(saving, object, { records: [change.values], operation: 'update' });
  if (transactional(saving, object))
    return inTransaction(saving, async (query) => demand(await patch(saving, { ...change, values }, { query, lock: true })));
  for (let race = 0; race < RACES_MAX; race += 1) {
    const saved = await patch(saving, { ...change, values }, { query: saving.store.database.write, lock: false });
    if (saved) return saved;
  }
  throw new Refusal('conflict', `This ${object.label.en} is being changed by many at once. Try again.`, {
    retryAfterSeconds: 1,
  });
}

/** One attempt to patch a record; null when somebody else changed it between reading and writing. */
async function patch(
  saving: Saving,
  change: Change & { operation: 'update' },
  how: { query: Query; lock: boolean },
): Promise<Saved | null> {
  const { object } = change;
  const read = how.lock ? how.query : saving.store.database.read;
  const before = await loadRecord(read, { index: saving.index, object }, { id: change.id, lock: how.lock });
  if (!before) throw notFound(object, change.id);
  refuseStale(saving, change, before);
  refuseIssued(saving, object, before);
  const merged = mergeChildren(saving, object, {
    id: change.id,
    given: change.values,
    draft: { ...before, ...change.values },
    before,
  });
  const derived = await derive(saving, { object, draft: merged, before, query: how.query });
  const differences = differencesOf(saving.index, object, { before, after: derived });
  if (Object.keys(differences).length === 0) return savedOf(saving, object, { record: before, created: false, changed: [] });
  const record = complete(saving, object, { values: derived, before });
  const event = eventOf(saving, object, { what: 'Updated', record, differences });
  const write = updateRow(
    { index: saving.index, object },
    { record, version: Number(before['version']), keys: new Set(Object.keys(differences)) },
    event,
  );
  const rows = await how.query(write).catch(asDuplicate(saving, object, record));
  if (rows.length === 0) return null;
  await writeChildren(saving, object, { before, after: record, query: how.query });
  await keepFiles(saving, object, { before, after: record, query: how.query });
  return savedOf(saving, object, { record, created: false, changed: Object.keys(differences) });
}

function demand(saved: Saved | null): Saved {
  if (!saved) throw new Error('A locked record changed under its lock.');
  return saved;
}
