import type { Transaction } from '#platform/data/database.ts';
import { createMany } from '#platform/data/save/bulk-create.ts';
import type { Saved } from '#platform/data/save/change.ts';
import { saveRecord } from '#platform/data/save/save.ts';
import { upsertMany, upsertRecord } from '#platform/data/save/upsert.ts';
import { withSavepoint } from '#platform/data/savepoint.ts';
import type { Store } from '#platform/data/store.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { invalidValues, Refusal, type FieldError } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { FieldDefinition, Json, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { permissionsOf } from '#platform/kernel/permissions.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { csvRows, type CsvForm, type FileBytes } from './csv-file.ts';
import type { ImportColumn } from './import-columns.ts';
import { findReferences, type References } from './import-references.ts';
import { cellValue, type CellStyle } from './import-values.ts';
import { openTakenValues, type TakenValues } from './taken-values.ts';

/** What an import was asked for: as the input of its job, so plain JSON. `by`: the unique field that rows are matched by. */
export type ImportInput = {
  readonly file: string;
  readonly object: string;
  readonly columns: readonly (ImportColumn | null)[];
  readonly headers: readonly string[];
  readonly by: string | null;
  readonly dryRun: boolean;
  readonly form: CsvForm;
  readonly style: CellStyle;
  readonly caller: Omit<Caller, 'permissions'>;
};

/** What became of the rows so far. `row` counts those of the file, its headers aside. */
type Tally = { readonly row: number; readonly created: number; readonly updated: number; readonly refused: number };

/** A portion of work, its progress and its checkpoint in one transaction. */
export type ImportStep = (
  work: (transaction: Transaction) => Promise<{
    readonly checkpoint: Json;
    readonly done: number;
    readonly total?: number;
    readonly errors: readonly Json[];
  }>,
) => Promise<void>;

/** What an import works with: the job that carries it, and the file. `finish` lets go of the file with the last step. */
export type ImportWork = {
  readonly store: Store;
  readonly input: ImportInput;
  readonly checkpoint: Json;
  readonly bytes: FileBytes;
  readonly step: ImportStep;
  readonly finish: (transaction: Transaction) => Promise<void>;
};

/** Rows in one transaction: few enough that none lasts. */
const BATCH = 100;
const NOTHING: Tally = { row: 0, created: 0, updated: 0, refused: 0 };

/**
 * Imports the rows of a file through the one writer, batch by batch; the checkpoint is of the same transaction as the rows, so that a crash
 * doubles nothing. A row that is refused is told and left out. A dry run does all of it and takes each batch back.
 */
export async function importRecords(work: ImportWork): Promise<Json> {
  const began: Tally = isRecord(work.checkpoint) ? { ...NOTHING, ...trusted<Tally>(work.checkpoint) } : NOTHING;
  const run: Run = { ...work, taken: work.input.dryRun ? openTakenValues() : null };
  let tally = began;
  let row = -1;
  let batch: Row[] = [];
  for await (const cells of csvRows(work.bytes, work.input.form)) {
    row += 1;
    if (row <= began.row) continue;
    batch.push({ row, cells });
    if (batch.length < BATCH) continue;
    tally = await importBatch(run, tally, { rows: batch, isLast: false });
    batch = [];
  }
  tally = await importBatch(run, tally, { rows: batch, isLast: true });
  const { created, updated, refused } = tally;
  return { rows: tally.row, created, updated, refused, dryRun: work.input.dryRun };
}

/** `taken`: only in a dry run, whose batches the database forgets. */
type Run = ImportWork & { readonly taken: TakenValues | null };
type Row = { readonly row: number; readonly cells: readonly string[] };
type Told = { readonly row: number; readonly column: string | null; readonly message: string; readonly cells: readonly string[] };

async function importBatch(work: Run, before: Tally, { rows, isLast }: { rows: readonly Row[]; isLast: boolean }): Promise<Tally> {
  let after = before;
  await work.step(async (transaction) => {
    const { tally, errors } = await outcomeOf(work, transaction, rows);
    after = added(before, tally);
    if (isLast) await work.finish(transaction);
    return {
      checkpoint: { ...after },
      done: after.row,
      errors: errors.map((error) => ({ ...error })),
      ...(isLast ? { total: after.row } : {}),
    };
  });
  if (!work.input.dryRun) work.store.wake();
  return after;
}

type Outcome = { readonly tally: Tally; readonly errors: readonly Told[] };

/** Carries the dry run's findings out of the savepoint that takes its writes back. */
class DryRun extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super('A dry run is taken back.');
    this.outcome = outcome;
  }
}

async function outcomeOf(work: Run, transaction: Transaction, rows: readonly Row[]): Promise<Outcome> {
  if (!work.input.dryRun) return writeRows(work, transaction, rows);
  try {
    return await withSavepoint(transaction, async () => {
      throw new DryRun(await writeRows(work, transaction, rows));
    });
  } catch (error) {
    if (error instanceof DryRun) return error.outcome;
    throw error;
  }
}

async function writeRows(work: Run, transaction: Transaction, rows: readonly Row[]): Promise<Outcome> {
  const object = work.store.schema().objects.find((one) => one.id === work.input.object);
  if (!object) throw new Refusal('not_found', 'The object that was to be imported is no longer there.');
  const caller: Caller = { ...work.input.caller, permissions: permissionsOf(work.input.caller.roles) };
  const references = await referencesOf(work, { transaction, object, caller }, rows);
  const place: Place = { work, transaction, object, caller, references };
  return outcomeOfRows(place, rows);
}

/** All rows at once. If one is refused, either half of them, and so on: a bad row among many good ones is found in a few steps. */
async function outcomeOfRows(place: Place, rows: readonly Row[]): Promise<Outcome> {
  const [first, ...others] = rows;
  const row = rows.at(-1)?.row ?? 0;
  if (!first) return { tally: NOTHING, errors: [] };
  try {
    const isNew = await withSavepoint(place.transaction, async () =>
      newOnes(place, others.length === 0 ? [await savedRow(place, first.cells)] : await savedTogether(place, rows)),
    );
    return { tally: { row, created: isNew, updated: rows.length - isNew, refused: 0 }, errors: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (others.length === 0) return { tally: { row, created: 0, updated: 0, refused: 1 }, errors: toldOf(place.work.input, first, error) };
  }
  const half = Math.ceil(rows.length / 2);
  const one = await outcomeOfRows(place, rows.slice(0, half));
  const other = await outcomeOfRows(place, rows.slice(half));
  return { tally: added(one.tally, other.tally), errors: [...one.errors, ...other.errors] };
}

function savedTogether(place: Place, rows: readonly Row[]): Promise<readonly Saved[]> {
  const { work, transaction, object, caller } = place;
  const { by } = work.input;
  const records = rows.map(({ cells }) => valuesOf(place, cells));
  if (by === null) return createMany(work.store, caller, { object, records }, { transaction });
  return upsertMany(work.store, caller, { object, by, records }, transaction);
}

type Place = {
  readonly work: Run;
  readonly transaction: Transaction;
  readonly object: ObjectDefinition;
  readonly caller: Caller;
  readonly references: References;
};

/** How many are new; in a dry run those that an earlier row would have made are not. Refuses (`duplicate`) what an earlier row has taken. */
function newOnes({ work: { input, taken }, object }: Place, saved: readonly Saved[]): number {
  const created = saved.filter((one) => one.created);
  if (!taken) return created.length;
  const fresh = created.filter(({ record }) => input.by === null || !taken.has(input.by, record));
  for (const { record } of fresh) taken.refuse(object, record, input.by);
  for (const { record } of created) taken.take(object, record);
  return fresh.length;
}

function savedRow(place: Place, cells: readonly string[]): Promise<Saved> {
  const { transaction, object, caller } = place;
  const { store, input } = place.work;
  const values = valuesOf(place, cells);
  if (input.by === null) return saveRecord(store, caller, { operation: 'create', object, values }, { transaction });
  const { [input.by]: key, ...rest } = values;
  if (typeof key !== 'string' && typeof key !== 'number')
    throw new Refusal('invalid_value', 'The row has no key to be matched by.', {
      errors: [{ pointer: `/${input.by}`, field: input.by, rule: 'key', message: 'The row has no key to be matched by.' }],
    });
  return upsertRecord(store, caller, { object, key: { field: input.by, value: String(key) }, values: rest }, { transaction });
}

/** What the cells of a batch mean that name records of other objects. */
function referencesOf(work: Run, at: Omit<Place, 'work' | 'references'>, rows: readonly Row[]): Promise<References> {
  const schema = work.store.schema();
  const fields = schema.fieldsOf(at.object).byApiName;
  const referring = work.input.columns.flatMap((column, position) => {
    const field = column && fields.get(column.key);
    return field && isReference(field) ? [{ field, texts: rows.map(({ cells }) => cells[position] ?? '') }] : [];
  });
  return findReferences({ scope: { schema, permissions: at.caller.permissions }, query: at.transaction.query }, referring);
}

function isReference({ type }: FieldDefinition): boolean {
  return type === 'lookup' || type === 'user';
}

/** The values of a row. An empty cell says nothing: a default stays the default, and what is there stays. Refuses names that lead nowhere. */
function valuesOf({ work, object, references }: Place, cells: readonly string[]): RecordValues {
  const { store, input } = work;
  const fields = store.schema().fieldsOf(object).byApiName;
  const values: { [key: string]: unknown } = {};
  const errors: FieldError[] = [];
  for (const [at, column] of input.columns.entries()) {
    const text = cells[at] ?? '';
    const field = column && fields.get(column.key);
    if (!field || text.trim() === '') continue;
    const { key, part } = column;
    const reference = references.get(field.id)?.get(text.trim());
    if (reference && 'problem' in reference) errors.push({ pointer: `/${key}`, field: key, rule: 'reference', message: reference.problem });
    else if (reference) values[key] = reference.id;
    else values[key] = part === undefined ? cellValue(field, text, input.style) : withPart(values[key], part, text);
  }
  if (errors.length > 0) throw invalidValues(errors);
  return values;
}

function withPart(whole: unknown, part: string, text: string): RecordValues {
  return { ...(isRecord(whole) ? whole : {}), [part]: text };
}

function toldOf(input: ImportInput, { row, cells }: Row, refusal: Refusal): readonly Told[] {
  const told = refusal.details.errors?.map(({ pointer, message }) => {
    const key = pointer.split('/')[1];
    return { row, column: input.columns.find((column) => column?.key === key)?.header ?? null, message, cells };
  });
  return told && told.length > 0 ? told : [{ row, column: null, message: refusal.message, cells }];
}

function added(before: Tally, more: Tally): Tally {
  return {
    row: Math.max(before.row, more.row),
    created: before.created + more.created,
    updated: before.updated + more.updated,
    refused: before.refused + more.refused,
  };
}
