import type { Transaction } from '#platform/data/database.ts';
import { createMany } from '#platform/data/save/bulk-create.ts';
import { saveRecord } from '#platform/data/save/save.ts';
import { upsertRecord } from '#platform/data/save/upsert.ts';
import { withSavepoint } from '#platform/data/savepoint.ts';
import type { Store } from '#platform/data/store.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { Json, ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { permissionsOf } from '#platform/kernel/permissions.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { csvRows, type CsvForm, type FileBytes } from './csv-file.ts';
import type { ImportColumn } from './import-columns.ts';
import { cellValue, type CellStyle } from './import-values.ts';

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
  let tally = began;
  let row = -1;
  let batch: Row[] = [];
  for await (const cells of csvRows(work.bytes, work.input.form)) {
    row += 1;
    if (row <= began.row) continue;
    batch.push({ row, cells });
    if (batch.length < BATCH) continue;
    tally = await importBatch(work, tally, { rows: batch, isLast: false });
    batch = [];
  }
  tally = await importBatch(work, tally, { rows: batch, isLast: true });
  const { created, updated, refused } = tally;
  return { rows: tally.row, created, updated, refused, dryRun: work.input.dryRun };
}

type Row = { readonly row: number; readonly cells: readonly string[] };
type Told = { readonly row: number; readonly column: string | null; readonly message: string; readonly cells: readonly string[] };

async function importBatch(work: ImportWork, before: Tally, { rows, isLast }: { rows: readonly Row[]; isLast: boolean }): Promise<Tally> {
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

async function outcomeOf(work: ImportWork, transaction: Transaction, rows: readonly Row[]): Promise<Outcome> {
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

async function writeRows(work: ImportWork, transaction: Transaction, rows: readonly Row[]): Promise<Outcome> {
  const object = work.store.schema().objects.find((one) => one.id === work.input.object);
  if (!object) throw new Refusal('not_found', 'The object that was to be imported is no longer there.');
  const caller: Caller = { ...work.input.caller, permissions: permissionsOf(work.input.caller.roles) };
  const place: Place = { work, transaction, object, caller };
  const last = rows.at(-1)?.row ?? 0;
  if (await areAllCreated(place, rows)) return { tally: { row: last, created: rows.length, updated: 0, refused: 0 }, errors: [] };
  const counts = { created: 0, updated: 0, refused: 0 };
  const errors: Told[] = [];
  for (const one of rows) {
    try {
      const saved = await withSavepoint(transaction, () => writeRow(place, one.cells));
      counts[saved.created ? 'created' : 'updated'] += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      counts.refused += 1;
      errors.push(...toldOf(work.input, one, error));
    }
  }
  return { tally: { row: last, ...counts }, errors };
}

/** New records go in together when none is refused; else one by one, so that it is known which. */
async function areAllCreated({ work, transaction, object, caller }: Place, rows: readonly Row[]): Promise<boolean> {
  if (work.input.by !== null || rows.length < 2) return false;
  const records = rows.map(({ cells }) => valuesOf(work, object, cells));
  try {
    await withSavepoint(transaction, () => createMany(work.store, caller, { object, records }, { transaction }));
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

type Place = { readonly work: ImportWork; readonly transaction: Transaction; readonly object: ObjectDefinition; readonly caller: Caller };

function writeRow({ work, transaction, object, caller }: Place, cells: readonly string[]): ReturnType<typeof saveRecord> {
  const { store, input } = work;
  const values = valuesOf(work, object, cells);
  if (input.by === null) return saveRecord(store, caller, { operation: 'create', object, values }, { transaction });
  const { [input.by]: key, ...rest } = values;
  if (typeof key !== 'string' && typeof key !== 'number')
    throw new Refusal('invalid_value', 'The row has no key to be matched by.', {
      errors: [{ pointer: `/${input.by}`, field: input.by, rule: 'key', message: 'The row has no key to be matched by.' }],
    });
  return upsertRecord(store, caller, { object, key: { field: input.by, value: String(key) }, values: rest }, { transaction });
}

/** The values of a row. An empty cell says nothing: a default stays the default, and what is there stays. */
function valuesOf({ store, input }: ImportWork, object: ObjectDefinition, cells: readonly string[]): RecordValues {
  const fields = store.schema().fieldsOf(object).byApiName;
  const values: { [key: string]: unknown } = {};
  for (const [at, column] of input.columns.entries()) {
    const text = cells[at] ?? '';
    const field = column && fields.get(column.key);
    if (!field || text.trim() === '') continue;
    const { key, part } = column;
    const whole = values[key];
    values[key] = part === undefined ? cellValue(field, text, input.style) : { ...(isRecord(whole) ? whole : {}), [part]: text };
  }
  return values;
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
