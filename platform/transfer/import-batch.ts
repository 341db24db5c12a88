import type { Transaction } from '#platform/data/database.ts';
import { createMany } from '#platform/data/save/bulk-create.ts';
import type { Saved } from '#platform/data/save/change.ts';
import { saveRecord } from '#platform/data/save/save.ts';
import { upsertMany, upsertRecord } from '#platform/data/save/upsert.ts';
import { tried, withSavepoint } from '#platform/data/savepoint.ts';
import type { Store } from '#platform/data/store.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { faultAt, invalidValues, Refusal } from '#platform/kernel/errors.ts';
import { sentence } from '#platform/kernel/sentence.ts';
import { isUuid } from '#platform/kernel/uuid.ts';
import { permissionsOf } from '#platform/kernel/permissions.ts';
import type { DigestSet } from './digest-set.ts';
import type { TableRow } from './csv-file.ts';
import type { ImportInput } from './import-input.ts';
import { madeCount, withMade, type Made, type MadeOne } from './import-missing.ts';
import { noOptionsIn, noOptionsOf, type NoOptions } from './import-options.ts';
import { referencesOf, toldOf, valuesOf, type Reading, type Told } from './import-row.ts';
import { sifted } from './sifted-rows.ts';
import type { TakenValues } from './taken-values.ts';

const NO_KEY = sentence(
  () => 'The row has no key to be matched by.',
  () => 'In der Zeile fehlt der Wert, über den sie ihren Datensatz findet.',
);

const NO_ID = sentence(
  () => 'This is no id of a record.',
  () => 'Das ist keine Kennung eines Datensatzes.',
);

const OBJECT_GONE = sentence(
  () => 'The object that was to be imported is no longer there.',
  () => 'Das Objekt, das importiert werden sollte, gibt es nicht mehr.',
);

/** What became of the rows so far, up to that `row` of the file. */
export type Tally = {
  readonly row: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly made: Made;
  readonly noOptions: NoOptions;
};

/** What a batch is imported with, and the id of the job. `taken` and `known`: what rows have taken and made before, only in a dry run, whose batches the database forgets. */
export type BatchWork = {
  readonly job: string;
  readonly store: Store;
  readonly input: ImportInput;
  readonly taken: TakenValues | null;
  readonly known: DigestSet | null;
};

/** What became of the rows of a batch. */
export type Outcome = { readonly tally: Tally; readonly errors: readonly Told[] };

/** Of no rows. */
export const NOTHING: Tally = { row: 0, created: 0, updated: 0, unchanged: 0, refused: 0, made: {}, noOptions: {} };

/** What became of rows, and which records were made for those that were written. `isTooMuch`: others were made for rows that were refused. */
type Written = Outcome & { readonly made: readonly MadeOne[]; readonly isTooMuch: boolean };

/** Writes a batch of rows; in a dry run it takes them back. Errors come in the order of the rows. */
export async function outcomeOf(work: BatchWork, transaction: Transaction, rows: readonly TableRow[]): Promise<Outcome> {
  const written = await tried(
    (run: () => Promise<Written>) => withSavepoint(transaction, run),
    () => writeRows(work, transaction, rows),
    ({ isTooMuch }) => !work.input.dryRun && !isTooMuch,
  );
  const { tally, errors, made } = written;
  if (written.isTooMuch && !work.input.dryRun) {
    // Nobody asked for what only refused rows name: once more, without them.
    const refused = new Set(errors.map(({ row }) => row));
    await writeRows(
      work,
      transaction,
      rows.filter(({ row }) => !refused.has(row)),
    );
  }
  return { tally: added(tally, { ...NOTHING, made: madeCount(made, work.known) }), errors };
}

/** How many rows that is. */
export function countOf({ created, updated, unchanged, refused }: Tally): number {
  return created + updated + unchanged + refused;
}

/** Two tallies as one. */
export function added(before: Tally, more: Tally): Tally {
  return {
    row: Math.max(before.row, more.row),
    created: before.created + more.created,
    updated: before.updated + more.updated,
    unchanged: before.unchanged + more.unchanged,
    refused: before.refused + more.refused,
    made: sumOf(before.made, more.made),
    noOptions: noOptionsOf(before.noOptions, more.noOptions),
  };
}

function sumOf(before: Made, more: Made): Made {
  const all: { [object: string]: number } = { ...before };
  for (const [object, count] of Object.entries(more)) all[object] = (all[object] ?? 0) + count;
  return all;
}

type Place = Reading & { readonly work: BatchWork; readonly transaction: Transaction; readonly caller: Caller };

async function writeRows(work: BatchWork, transaction: Transaction, rows: readonly TableRow[]): Promise<Written> {
  const { store, input } = work;
  const schema = store.schema();
  const object = schema.objects.find((one) => one.id === input.object);
  if (!object) throw new Refusal('not_found', OBJECT_GONE);
  const caller: Caller = { ...input.caller, permissions: permissionsOf(input.caller.roles) };
  const found = await referencesOf({ schema, object, input, caller, query: transaction.query }, rows);
  const options = { transaction, correlationId: work.job };
  const fields = input.makes.flatMap((key) => schema.fieldsOf(object).byApiName.get(key) ?? []);
  const making = { store, caller, schema, options };
  const { references, made } = await withMade(making, object, { fields, references: found });
  const { tally, errors } = await together({ work, schema, object, input, references, transaction, caller }, rows);
  const named = namedIn(input, errors, rows);
  const wanted = made.filter(({ text }) => named.has(text));
  return {
    tally: added(tally, { ...NOTHING, noOptions: noOptionsIn({ schema, object, input }, rows) }),
    errors: errors.toSorted((left, right) => left.row - right.row),
    made: wanted,
    isTooMuch: wanted.length < made.length,
  };
}

/** What rows that were written name in columns by which records are made. */
function namedIn({ columns, makes }: ImportInput, errors: readonly Told[], rows: readonly TableRow[]): ReadonlySet<string> {
  const refused = new Set(errors.map(({ row }) => row));
  const making = columns.flatMap((column, at) => (column && makes.includes(column.key) ? [at] : []));
  const written = making.length > 0 ? rows.filter(({ row }) => !refused.has(row)) : [];
  return new Set(written.flatMap(({ cells }) => making.map((at) => (cells[at] ?? '').trim())));
}

/** All rows at once. If one is refused, first the others without those that look as if they will be, then these one by one in their order. */
async function together(place: Place, rows: readonly TableRow[]): Promise<Outcome> {
  const outcome = await tryAll(place, rows);
  if (outcome) return outcome;
  const { plain, doubtful } = await sifted({ ...place, store: place.work.store, query: place.transaction.query }, rows);
  if (doubtful.length === 0) return halved(place, rows);
  let all = (await tryAll(place, plain)) ?? (await halved(place, plain));
  for (const row of doubtful) all = joined(all, await alone(place, row));
  return all;
}

/** Either half of rows of which one was refused, and so on: a bad row among many good ones is found in a few steps. */
async function halved(place: Place, rows: readonly TableRow[]): Promise<Outcome> {
  const [first] = rows;
  if (rows.length === 1 && first) return alone(place, first);
  const half = Math.ceil(rows.length / 2);
  const parts = [rows.slice(0, half), rows.slice(half)];
  let all: Outcome = { tally: NOTHING, errors: [] };
  for (const part of parts) all = joined(all, (await tryAll(place, part)) ?? (await halved(place, part)));
  return all;
}

/** Null when one of several is refused; nothing has happened then. */
async function tryAll(place: Place, rows: readonly TableRow[]): Promise<Outcome | null> {
  const [first, ...others] = rows;
  if (!first) return { tally: NOTHING, errors: [] };
  if (others.length === 0) return alone(place, first);
  const saved = await orRefusal(place, () => savedTogether(place, rows));
  return saved instanceof Refusal ? null : savedOutcome(rows, saved);
}

async function alone(place: Place, row: TableRow): Promise<Outcome> {
  const saved = await orRefusal(place, async () => [await savedRow(place, row.cells)]);
  if (!(saved instanceof Refusal)) return savedOutcome([row], saved);
  return { tally: { ...NOTHING, row: row.row, refused: 1 }, errors: toldOf(place.input, row, saved) };
}

function savedOutcome(rows: readonly TableRow[], saved: Counts): Outcome {
  return { tally: { ...NOTHING, ...saved, row: rows.at(-1)?.row ?? 0 }, errors: [] };
}

function joined(one: Outcome, other: Outcome): Outcome {
  return { tally: added(one.tally, other.tally), errors: [...one.errors, ...other.errors] };
}

type Counts = Pick<Tally, 'created' | 'updated' | 'unchanged'>;

/** What became of those that were saved, or why none is saved. */
async function orRefusal(place: Place, save: () => Promise<readonly Saved[]>): Promise<Counts | Refusal> {
  try {
    return await withSavepoint(place.transaction, async () => countsOf(place, await save()));
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function savedTogether(place: Place, rows: readonly TableRow[]): Promise<readonly Saved[]> {
  const { work, object, caller, input } = place;
  const options = optionsOf(place);
  const records = rows.map(({ cells }) => valuesOf(place, cells));
  if (input.by === null) return createMany(work.store, caller, { object, records }, options);
  return upsertMany(work.store, caller, { object, by: input.by, records }, options);
}

/** All events of an import carry the id of its job, by which it can be taken back. */
function optionsOf({ work, transaction }: Place) {
  return { transaction, correlationId: work.job };
}

function savedRow(place: Place, cells: readonly string[]): Promise<Saved> {
  const { work, object, caller, input } = place;
  const options = optionsOf(place);
  const values = valuesOf(place, cells);
  if (input.by === null) return saveRecord(work.store, caller, { operation: 'create', object, values }, options);
  const { [input.by]: key, ...rest } = values;
  const at = { pointer: `/${input.by}`, field: input.by, rule: 'key' };
  if (typeof key !== 'string' && typeof key !== 'number') throw invalidValues([faultAt(at, NO_KEY)]);
  if (input.by === 'id' && !isUuid(String(key))) throw invalidValues([faultAt(at, NO_ID)]);
  return upsertRecord(work.store, caller, { object, key: { field: input.by, value: String(key) }, values: rest }, options);
}

/** How many are new, changed, and as they were; in a dry run those that an earlier row would have made are changed. */
function countsOf(place: Place, saved: readonly Saved[]): Counts {
  const created = saved.filter((one) => one.created);
  const unchanged = saved.filter((one) => !one.created && one.changed.length === 0).length;
  const isNew = freshOf(place, created);
  return { created: isNew, updated: saved.length - isNew - unchanged, unchanged };
}

/** How many are new indeed. Refuses (`duplicate`) what an earlier row of a dry run has taken. */
function freshOf({ work: { taken }, input, object }: Place, created: readonly Saved[]): number {
  if (!taken) return created.length;
  const fresh = created.filter(({ record }) => input.by === null || !taken.has(input.by, record));
  for (const { record } of fresh) taken.refuse(object, record, input.by);
  for (const { record } of created) taken.take(object, record);
  return fresh.length;
}
