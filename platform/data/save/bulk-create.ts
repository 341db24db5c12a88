import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { uuidV7 } from '#platform/kernel/uuid.ts';
import type { Store } from '../store.ts';
import type { Draft, SaveOptions, Saved } from './change.ts';
import { checkedValues } from './checked-values.ts';
import { childFields, rowsOf } from './children.ts';
import { insertMany } from './columns.ts';
import { buildRecord, refuseCreate } from './create.ts';
import { keepFiles } from './held-files.ts';
import type { Query } from './load.ts';
import { drawNumbers } from './numbers.ts';
import { withRelatedValues } from './origins.ts';
import { outboxInsertMany } from './outbox-row.ts';
import { currentObject, eventOf, inTransaction, openSaving, refuseChild, savedOf, type Saving } from './saving.ts';

/**
 * Creates many records with one insert for the rows, one for each kind of child rows and one for the events. Every record goes the same way as
 * one alone: permissions, defaults, validation, references, hooks. All or none; a refusal does not say which record it was, so ask one by one for that.
 * `ids` are those that were drawn before, in the order of the records.
 */
export async function createMany(
  store: Store,
  caller: Caller,
  batch: { object: ObjectDefinition; records: readonly RecordValues[]; ids?: readonly string[] },
  options: SaveOptions,
): Promise<readonly Saved[]> {
  const saving = openSaving(store, caller, options);
  const object = currentObject(saving.index, batch.object);
  refuseChild(saving, object);
  refuseCreate(saving, object);
  const records = await (options.transaction ? inPortions(saving, object, batch) : atOnce(saving, object, batch)).catch(asRefusal);
  if (!options.transaction) store.wake();
  return records.map((record) => savedOf(saving, object, { record, created: true, changed: ['id'] }));
}

type Batch = { readonly records: readonly RecordValues[]; readonly ids?: readonly string[] };

/** What is refused for its values is so before a transaction begins. */
async function atOnce(saving: Saving, object: ObjectDefinition, { records, ids }: Batch): Promise<readonly RecordValues[]> {
  const checked = await checkedValues(saving, object, { records, operation: 'create' });
  return inTransaction(saving, async (query) => {
    const built = await buildAll(saving, object, { checked, ids, query });
    await insertAll(saving, object, { records: built, query });
    return withRelatedValues(saving, object, { records: built, query });
  });
}

/** In a transaction that goes on, records are checked and built while PostgreSQL writes those before them. */
async function inPortions(saving: Saving, object: ObjectDefinition, { records, ids }: Batch): Promise<readonly RecordValues[]> {
  const made: (readonly RecordValues[])[] = [];
  await inTransaction(saving, async (query) => {
    let writing: Promise<unknown> = Promise.resolve();
    try {
      for (let at = 0; at < records.length; at += PORTION) {
        const checked = await checkedValues(saving, object, { records: records.slice(at, at + PORTION), operation: 'create' });
        const built = await buildAll(saving, object, { checked, ids: ids?.slice(at, at + PORTION), query });
        await writing;
        writing = insertAll(saving, object, { records: built, query }).then(async () => {
          made.push(await withRelatedValues(saving, object, { records: built, query }));
        });
        // Told when it is waited for, below.
        writing.catch(() => undefined);
      }
    } finally {
      await writing;
    }
  });
  return made.flat();
}

type Checked = { readonly checked: readonly Draft[]; readonly ids: readonly string[] | undefined; readonly query: Query };

async function buildAll(saving: Saving, object: ObjectDefinition, { checked, ids, query }: Checked): Promise<readonly RecordValues[]> {
  const built: RecordValues[] = [];
  const numbered = await drawNumbers(query, { index: saving.index, object }, checked);
  for (const [at, values] of numbered.entries())
    built.push(await buildRecord(saving, object, { id: ids?.[at] ?? uuidV7(), values, query }));
  return built;
}

async function insertAll(saving: Saving, object: ObjectDefinition, at: { records: readonly RecordValues[]; query: Query }): Promise<void> {
  // Rows before their parents: in the status that these begin with they may be sealed.
  for (const { field, child } of childFields(saving.index, object)) {
    const rows = at.records.flatMap((record) => rowsOf(record, field.name));
    if (rows.length > 0) await at.query(insertMany(saving.index, child, rows));
  }
  await at.query(insertMany(saving.index, object, at.records));
  for (const record of at.records) await keepFiles(saving, object, { before: null, after: record, query: at.query });
  const events = at.records.flatMap((record) => eventOf(saving, object, { what: 'Created', record, differences: {} }) ?? []);
  if (events.length > 0) await at.query(outboxInsertMany(events));
}

/** Records that are checked and written together in a transaction that goes on. */
const PORTION = 500;

/** A value that is unique, or a day that is taken, by one of the records or by one that is there. */
const VIOLATIONS = ['23505', '23P01'];

function asRefusal(error: unknown): never {
  const isDuplicate = error instanceof Error && 'code' in error && VIOLATIONS.includes(String(error.code));
  throw isDuplicate ? new Refusal('duplicate', 'One of the records is there already.') : error;
}
