import { sentence } from '#platform/kernel/sentence.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import type { Change, Saved } from './change.ts';
import { checkedValues } from './checked-values.ts';
import { writeChildren } from './draft.ts';
import { keepFiles } from './held-files.ts';
import { loadRecord, notFound, type Query } from './load.ts';
import { withRelatedValues } from './origins.ts';
import { nestedIn, patched, type Patch, type Patched } from './patched.ts';
import { asDuplicate, denied, eventOf, inTransaction, refuseStale, savedOf, transactional, type Saving } from './saving.ts';
import { refuseCycle } from './tree-cycle.ts';
import { updateRow } from './write-row.ts';

const RACES_MAX = 8;

/** Patches a record, in its own words a JSON merge patch (RFC 7396). */
export async function updateRecord(saving: Saving, change: Change & { operation: 'update' }): Promise<Saved> {
  const { object } = change;
  refuseUpdate(saving, object);
  const patch = await checkedPatch(saving, object, change.values);
  if (transactional(saving, object))
    return inTransaction(saving, async (query) => demand(await attempt(saving, change, { patch, query, lock: true })));
  for (let race = 0; race < RACES_MAX; race += 1) {
    const saved = await attempt(saving, change, { patch, query: saving.store.database.write, lock: false });
    if (saved) return saved;
  }
  const said = sentence(
    (of) => `This ${of(object)} is being changed by many at once. Try again.`,
    (of) => `${of(object)} wird gerade von vielen zugleich geändert. Versuchen Sie es noch einmal.`,
  );
  throw new Refusal('conflict', said, { retryAfterSeconds: 1 });
}

/** Refuses a caller who may not change records of the object. */
export function refuseUpdate(saving: Saving, object: ObjectDefinition): void {
  if (!saving.options.asSystem && !saving.caller.permissions.on(object).edit) throw denied(saving, object, 'edit');
}

async function checkedPatch(saving: Saving, object: ObjectDefinition, given: RecordValues): Promise<Patch> {
  const [values = {}] = await checkedValues(saving, object, { records: [given], operation: 'update' });
  return { values, nested: nestedIn(saving, object, given) };
}

/** One attempt to patch a record; null when somebody else changed it between reading and writing. */
async function attempt(
  saving: Saving,
  change: Change & { operation: 'update' },
  how: { patch: Patch; query: Query; lock: boolean },
): Promise<Saved | null> {
  const { object } = change;
  const read = how.lock ? how.query : saving.store.database.read;
  const before = await loadRecord(read, { index: saving.index, object }, { id: change.id, lock: how.lock });
  if (!before) throw notFound(object, change.id);
  refuseStale(saving, change, before);
  const after = await patched(saving, object, { patch: how.patch, before, query: how.query });
  const changed = Object.keys(after.differences);
  if (changed.length === 0) return savedOf(saving, object, { record: before, created: false, changed });
  if (!(await writePatched(saving, object, { after, query: how.query }))) return null;
  const [shown = after.record] = await withRelatedValues(saving, object, { records: [after.record], query: how.query });
  return savedOf(saving, object, { record: shown, created: false, changed });
}

/** Writes a patched record, its rows and its event; false when it is no longer of the version that was read. */
export async function writePatched(
  saving: Saving,
  object: ObjectDefinition,
  { after, query }: { after: Patched; query: Query },
): Promise<boolean> {
  const { before, record, differences } = after;
  const place = { index: saving.index, object };
  const keys = new Set(Object.keys(differences));
  await refuseCycle(query, place, { record, changed: keys });
  const event = eventOf(saving, object, { what: 'Updated', record, differences });
  // Rows before their parent: in the status that this change leads to they may be sealed.
  await writeChildren(saving, object, { before, after: record, query });
  const rows = await query(updateRow(place, { record, version: Number(before['version']), keys }, event)).catch(
    asDuplicate(saving, object, record),
  );
  if (rows.length > 0) await keepFiles(saving, object, { before, after: record, query });
  return rows.length > 0;
}

function demand(saved: Saved | null): Saved {
  if (!saved) throw new Error('A locked record changed under its lock.');
  return saved;
}
