import type { Transaction } from '#platform/data/database.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { Json } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import type { Store } from '#platform/data/store.ts';
import type { FileBytes } from './csv-file.ts';
import { added, countOf, NOTHING, outcomeOf, type BatchWork, type Tally } from './import-batch.ts';
import { openDigestSet } from './digest-set.ts';
import type { TableRow } from './csv-file.ts';
import type { ImportInput } from './import-input.ts';
import { lastPosition, rangeOf, type ImportRange } from './import-range.ts';
import { tableRows } from './table-file.ts';
import { openTakenValues } from './taken-values.ts';

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
  /** The id of the job. */
  readonly job: string;
  readonly store: Store;
  readonly input: ImportInput;
  readonly checkpoint: Json;
  readonly bytes: FileBytes;
  readonly step: ImportStep;
  readonly finish: (transaction: Transaction) => Promise<void>;
};

/** Rows in one transaction to begin with, and at most. As many as are written in STEP_MILLISECONDS: enough to be quick, few enough that none lasts. */
const ROWS_FIRST = 100;
const ROWS_MOST = 2_000;
const STEP_MILLISECONDS = 300;

/** Characters of the file in one transaction, or a little more: rows may be long. */
const CHARACTERS_MOST = 2_000_000;

/**
 * Imports the rows of a file through the one writer, batch by batch; the checkpoint is of the same transaction as the rows, so that a crash
 * doubles nothing. A row that is refused is told and left out. A dry run does all of it and takes each batch back.
 */
export async function importRecords(work: ImportWork): Promise<Json> {
  const began: Tally = isRecord(work.checkpoint) ? { ...NOTHING, ...trusted<Tally>(work.checkpoint) } : NOTHING;
  const memory = work.input.dryRun ? { taken: openTakenValues(), known: openDigestSet() } : { taken: null, known: null };
  let tally = began;
  let range = rangeOf(work.checkpoint);
  let size = ROWS_FIRST;
  for await (const batch of batches(tableRows(work.bytes, work.input.form, work.input.style), began.row, () => size)) {
    const started = performance.now();
    ({ tally, range } = await importBatch(work, { tally, range }, { ...batch, ...memory }));
    if (batch.rows.length >= size) size = nextSize(size, performance.now() - started);
  }
  const { created, updated, unchanged, refused, made, noOptions } = tally;
  const { dryRun, makes } = work.input;
  const more = { ...(makes.length === 0 ? {} : { made }), ...(Object.keys(noOptions).length === 0 ? {} : { noOptions }) };
  return { rows: countOf(tally), created, updated, unchanged, refused, dryRun, ...more };
}

function nextSize(size: number, milliseconds: number): number {
  if (milliseconds < STEP_MILLISECONDS / 2) return Math.min(size * 2, ROWS_MOST);
  return milliseconds > STEP_MILLISECONDS * 2 ? Math.max(Math.floor(size / 2), 1) : size;
}

type Batch = { readonly rows: readonly TableRow[]; readonly isLast: boolean };

/** The rows after the headers and those that are done, in batches; the last one may be empty. */
async function* batches(file: AsyncIterable<TableRow>, done: number, size: () => number): AsyncGenerator<Batch> {
  let isHead = true;
  let rows: TableRow[] = [];
  let characters = 0;
  for await (const one of file) {
    const isOver = isHead || one.row <= done;
    isHead = false;
    if (isOver) continue;
    rows.push(one);
    for (const cell of one.cells) characters += cell.length;
    if (rows.length < size() && characters < CHARACTERS_MOST) continue;
    yield { rows, isLast: false };
    rows = [];
    characters = 0;
  }
  yield { rows, isLast: true };
}

/** How far an import is: what became of the rows, and where its events stand. */
type Reached = { readonly tally: Tally; readonly range: ImportRange | null };

async function importBatch(work: ImportWork, before: Reached, batch: Batch & Pick<BatchWork, 'taken' | 'known'>): Promise<Reached> {
  let after = before;
  await work.step(async (transaction) => {
    const from = before.range?.from ?? (await lastPosition(transaction));
    const { tally, errors } = await outcomeOf({ ...work, taken: batch.taken, known: batch.known }, transaction, batch.rows);
    after = { tally: added(before.tally, tally), range: { from, to: await lastPosition(transaction) } };
    if (batch.isLast) await work.finish(transaction);
    return {
      checkpoint: { ...after.tally, ...after.range },
      done: countOf(after.tally),
      errors: errors.map((error) => ({ ...error })),
      ...(batch.isLast ? { total: countOf(after.tally) } : {}),
    };
  });
  if (!work.input.dryRun) work.store.wake();
  return after;
}
