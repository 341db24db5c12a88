import type { Transaction } from '#platform/data/database.ts';
import { createMany } from '#platform/data/save/bulk-create.ts';
import { saveRecord } from '#platform/data/save/save.ts';
import { upsertRecord } from '#platform/data/save/upsert.ts';
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
  const last = rows.at(-1)?.row ?? 0;
  if (await areAllCreated(place, rows)) return { tally: { row: last, created: rows.length, updated: 0, refused: 0 }, errors: [] };
  const counts = { created: 0, updated: 0, refused: 0 };
  const errors: Told[] = [];
  for (const one of rows) {
    try {
      const isNew = await withSavepoint(transaction, () => writeRow(place, one.cells));
      counts[isNew ? 'created' : 'updated'] += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      counts.refused += 1;
      errors.push(...toldOf(work.input, one, error));
    }
  }
  return { tally: { row: last, ...counts }, errors };
}

/** New records go in together when none is refused; else one by one, so that it is known which. */
async function areAllCreated(place: Place, rows: readonly Row[]): Promise<boolean> {
  const { work, transaction, object, caller } = place;
  if (work.input.by !== null || rows.length < 2) return false;
  try {
    const records = rows.map(({ cells }) => valuesOf(place, cells));
    const saved = await withSavepoint(transaction, async () => {
      const made = await createMany(work.store, caller, { object, records }, { transaction });
      for (const { record } of made) work.taken?.refuse(object, record, null);
      return made;
    });
    for (const { record } of saved) work.taken?.take(object, record);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

type Place = {
  readonly work: Run;
  readonly transaction: Transaction;
  readonly object: ObjectDefinition;
  readonly caller: Caller;
  readonly references: References;
};

/** Whether the row made a new record; in a dry run one that an earlier row would have made is not new. */
async function writeRow(place: Place, cells: readonly string[]): Promise<boolean> {
  const { work, object } = place;
  const { created, record } = await savedRow(place, cells);
  const { by } = work.input;
  if (!created || !work.taken) return created;
  const isNew = by === null || !work.taken.has(by, record);
  if (isNew) work.taken.refuse(object, record, by);
  work.taken.take(object, record);
  return isNew;
}

function savedRow(place: Place, cells: readonly string[]): ReturnType<typeof saveRecord> {
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
