import { invalidValues, Refusal } from '#platform/kernel/errors.ts';
import { holdsFiles } from '#platform/kernel/field-types/file.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { compileValidator } from '#platform/metadata/validator.ts';
import type { Change, Draft, Saved } from './change.ts';
import { checkedValues } from './checked-values.ts';
import { differencesOf } from './differences.ts';
import { complete, derive, mergeChildren, writeChildren } from './draft.ts';
import { keepFiles } from './held-files.ts';
import { loadRecord, notFound, type Query } from './load.ts';
import { mergePatch } from './merge-patch.ts';
import { withRelatedValues } from './origins.ts';
import { asDuplicate, denied, eventOf, inTransaction, refuseIssued, refuseStale, savedOf, transactional, type Saving } from './saving.ts';
import { refuseCycle } from './tree-cycle.ts';
import { updateRow } from './write-row.ts';

const RACES_MAX = 8;

/** Patches a record, in its own words a JSON merge patch (RFC 7396). */
export async function updateRecord(saving: Saving, change: Change & { operation: 'update' }): Promise<Saved> {
  const { object } = change;
  if (!saving.options.asSystem && !saving.caller.permissions.on(object).edit) throw denied(saving, object, 'edit');
  const [values = {}] = await checkedValues(saving, object, { records: [change.values], operation: 'update' });
  const nested = nestedIn(saving, object, change.values);
  if (transactional(saving, object))
    return inTransaction(saving, async (query) => demand(await patch(saving, { ...change, values }, { query, lock: true, nested })));
  for (let race = 0; race < RACES_MAX; race += 1) {
    const saved = await patch(saving, { ...change, values }, { query: saving.store.database.write, lock: false, nested });
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
  how: { query: Query; lock: boolean; nested: RecordValues },
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
    draft: { ...before, ...change.values, ...mergedNested(saving, object, { before, nested: how.nested }) },
    before,
  });
  const derived = await derive(saving, { object, draft: merged, before, query: how.query });
  const differences = differencesOf(saving.index, object, { before, after: derived });
  if (Object.keys(differences).length === 0) return savedOf(saving, object, { record: before, created: false, changed: [] });
  const record = complete(saving, object, { values: derived, before });
  await refuseCycle(how.query, { index: saving.index, object }, { record, changed: new Set(Object.keys(differences)) });
  const event = eventOf(saving, object, { what: 'Updated', record, differences });
  const write = updateRow(
    { index: saving.index, object },
    { record, version: Number(before['version']), keys: new Set(Object.keys(differences)) },
    event,
  );
  // Rows before their parent: in the status that this change leads to they may be sealed.
  await writeChildren(saving, object, { before, after: record, query: how.query });
  const rows = await how.query(write).catch(asDuplicate(saving, object, record));
  if (rows.length === 0) return null;
  await keepFiles(saving, object, { before, after: record, query: how.query });
  const [shown = record] = await withRelatedValues(saving, object, { records: [record], query: how.query });
  return savedOf(saving, object, { record: shown, created: false, changed: Object.keys(differences) });
}

/** The objects inside the patch, as they came: a merge patch merges them too. */
function nestedIn(saving: Saving, object: ObjectDefinition, values: RecordValues): RecordValues {
  const { byApiName } = saving.index.fieldsOf(object);
  const entries = Object.entries(values).flatMap(([name, value]) => {
    const field = byApiName.get(name);
    const isMerged = field && fieldType(field.type).storage === 'json' && !holdsFiles(field);
    return isMerged && isRecord(value) ? [[apiNameOf(field), value] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** Those objects merged with what stands there, checked once more as a whole. */
function mergedNested(saving: Saving, object: ObjectDefinition, at: { before: Draft; nested: RecordValues }): RecordValues {
  const merged = Object.entries(at.nested).map(([key, value]) => [key, mergePatch(at.before[key], value)] as const);
  if (merged.length === 0) return {};
  const { values, errors } = compileValidator(saving.index, object)(Object.fromEntries(merged), 'update');
  if (errors.length > 0) throw invalidValues(errors);
  return values;
}

function demand(saved: Saved | null): Saved {
  if (!saved) throw new Error('A locked record changed under its lock.');
  return saved;
}
