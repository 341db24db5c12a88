import { sentence, type Sentence } from '#platform/kernel/sentence.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { pairOf, type ColumnPair } from '#platform/data/ddl/column-pairs.ts';
import type { Database } from '#platform/data/database.ts';
import { sqlState } from '#platform/data/database-errors.ts';
import { carryOver, carryOverLeft, notCarriedOver, rowsAbout, type Left } from '#platform/data/retype/carry-over.ts';
import { areUniqueIndexesThere, sameInNewColumn } from '#platform/data/retype/unique-keys.ts';
import { slowRead } from '#platform/data/slow-read.ts';
import { faultPoint } from '#platform/kernel/fault-point.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { FieldDefinition, Json } from '#platform/kernel/model.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import { enqueue } from '#platform/data/new-job.ts';
import type { JobContext, Runner } from './runner.ts';

const KIND = 'retype';

/** Which field of which object changes over, by id, and the job that carries its values over. */
export type Retype = { readonly object: string; readonly field: string; readonly job: string };

/** What carries values over. `change` tells the core that all of them are there, so that the field becomes what it is to be. */
export type RetypeOptions = {
  readonly database: Database;
  readonly schema: () => SchemaIndex;
  readonly change: (retype: Retype) => Promise<void>;
};

/** A step holds the locks of its rows, so it is to be over before anybody notices; and there is a pause for others after each. */
const STEP_MS = 8;
const PAUSE_MS = 24;
/** Fewer make a step no shorter: on a busy machine it is mostly waiting for its turn, and would never come to an end. */
const ROWS = { first: 250, least: 250, most: 2_000 } as const;
/** How often rows that somebody was writing are looked at again before they are called in the way. */
const ROUNDS_MAX = 20;
/** How often one looks whether an index is there. */
const INDEX_PAUSE_MS = 250;
const UNIQUE_VIOLATION = '23505';

/** Makes the jobs of the fields that are to be given another type; each once, whoever asks, so that a crash loses none. */
export async function startRetypes({ database, schema }: Pick<RetypeOptions, 'database' | 'schema'>, wake: () => void): Promise<void> {
  const pending = schema().schema.objects.flatMap((object) =>
    object.fields.flatMap((field) => (field.retype && field.state !== 'retired' ? [{ object, field, job: field.retype.job }] : [])),
  );
  for (const { object, field, job } of pending)
    await enqueue(database, {
      id: job,
      kind: KIND,
      key: `${KIND}:${job}`,
      input: { object: object.id, field: field.id, job },
      by: `service:${schema().module}`,
    });
  if (pending.length > 0) wake();
}

/** Carries a field's values over into its new column, in short steps by key, while writers go on; then has the field change over. */
export function retypeRunner(options: RetypeOptions): Runner {
  return { kind: KIND, isLong: true, run: (job) => run(options, job) };
}

async function run(options: RetypeOptions, job: JobContext): Promise<Json> {
  const retype = retypeOf(job.input);
  await waitForIndexes(options, job, retype);
  const done = await carryAll(options, job, retype);
  const pair = done === null ? null : wantedPair(options.schema(), retype);
  if (done === null || !pair) return null;
  await refuseLeft(options, job, pair);
  await faultPoint('retype.beforeChange');
  await options.change(retype);
  return { rows: done };
}

/** Nothing is carried over before what is to be unique is so; what writers have made the same until then is refused. */
async function waitForIndexes({ database, schema }: RetypeOptions, job: JobContext, retype: Retype): Promise<void> {
  for (;;) {
    const pair = wantedPair(schema(), retype);
    if (!pair || (await slowRead(database, (reader) => areUniqueIndexesThere(reader, schema().schema, pair)))) return;
    const same = await slowRead(database, (reader) => sameInNewColumn(reader, pair));
    if (same.count > 0) await refuse(job, pair, { ...same, taken: same.count });
    await job.step(async () => ({}));
    await sleep(INDEX_PAUSE_MS, undefined, { signal: job.signal });
  }
}

/** A writer may be quicker with a value that is to be unique: then the row is left, as the next look sees. */
async function unlessTaken(step: () => Promise<void>): Promise<void> {
  for (let round = 0; ; round += 1) {
    try {
      return await step();
    } catch (error) {
      if (sqlState(error) !== UNIQUE_VIOLATION || round >= ROUNDS_MAX) throw error;
    }
  }
}

/** Null when the change was taken back meanwhile: then there is nothing to carry over any more. */
async function carryAll(options: RetypeOptions, job: JobContext, retype: Retype): Promise<number | null> {
  const at = positionOf(job.checkpoint);
  let { after, done } = at;
  let limit: number = ROWS.first;
  while (!at.isWhole) {
    const pair = wantedPair(options.schema(), retype);
    if (!pair) return null;
    let started = 0;
    let isAtEnd = false;
    const from = { after, done };
    await unlessTaken(() =>
      job.step(async (transaction) => {
        started = performance.now();
        const total = from.done === 0 ? { total: await rowsAbout(transaction, pair) } : {};
        const page = await carryOver(transaction, pair, { after: from.after, limit });
        isAtEnd = page.after === null;
        after = page.after;
        done = from.done + page.seen;
        return { done, ...total, checkpoint: { after, done, isWhole: isAtEnd } };
      }),
    );
    if (isAtEnd) break;
    await faultPoint('retype.step');
    limit = nextLimit(limit, performance.now() - started);
    await sleep(PAUSE_MS, undefined, { signal: job.signal });
  }
  return done;
}

function nextLimit(limit: number, took: number): number {
  const wanted = Math.round(limit * Math.min(1.5, Math.max(0.3, STEP_MS / Math.max(took, 1))));
  return Math.min(ROWS.most, Math.max(ROWS.least, wanted));
}

/**
 * Carries over rows that were being written when they would have been, and refuses those that have come to be in the way since they were
 * counted. Its steps wait for the disk, so that all is there for good before the core is told.
 */
async function refuseLeft({ database }: RetypeOptions, job: JobContext, pair: ColumnPair): Promise<void> {
  for (let round = 0; ;) {
    let carried = 0;
    await unlessTaken(() =>
      job.step(async (transaction) => {
        carried = await carryOverLeft(transaction, pair, ROWS.most);
        return {};
      }),
    );
    if (carried > 0) continue;
    const left = await slowRead(database, (reader) => notCarriedOver(reader, pair));
    if (left.count === 0) return;
    round += 1;
    if (round > ROUNDS_MAX) await refuse(job, pair, left);
    await sleep(100, undefined, { signal: job.signal });
  }
}

async function refuse(job: JobContext, { object, field }: ColumnPair, { count, ids, taken }: Left): Promise<never> {
  const code = taken === count ? 'duplicate' : 'data_does_not_fit';
  await job.step(async () => ({ errors: [{ code, object: object.name, field: field.name, count, ids }] }));
  throw new Refusal(code, code === 'duplicate' ? sameOnes(field, count) : misfits(field, count));
}

function misfits(field: FieldDefinition, count: number): Sentence {
  return sentence(
    (of) => `${count} records do not fit the new type of ${of(field)}. Correct them and resume, or take the change back.`,
    (of) =>
      `${count} Datensätze passen nicht zum neuen Typ von ${of(field)}. Berichtigen Sie sie und setzen Sie fort, oder nehmen Sie die Änderung zurück.`,
  );
}

function sameOnes(field: FieldDefinition, count: number): Sentence {
  return sentence(
    (of) =>
      `In ${count} records ${of(field)} would be the same as in another one, and it is unique. Correct them and resume, or take the change back.`,
    (of) =>
      `In ${count} Datensätzen wäre ${of(field)} gleich wie in einem anderen, und es ist eindeutig. Berichtigen Sie sie und setzen Sie fort, oder nehmen Sie die Änderung zurück.`,
  );
}

function wantedPair(index: SchemaIndex, { object, field, job }: Retype): ColumnPair | null {
  const owner = index.schema.objects.find((one) => one.id === object);
  const found = owner?.fields.find((one) => one.id === field);
  return owner && found?.retype?.job === job && found.state !== 'retired' ? pairOf(owner, found) : null;
}

function retypeOf(input: unknown): Retype {
  const { object, field, job } = isRecord(input) ? input : {};
  return { object: String(object), field: String(field), job: String(job) };
}

function positionOf(checkpoint: unknown): { after: string | null; done: number; isWhole: boolean } {
  if (!isRecord(checkpoint)) return { after: null, done: 0, isWhole: false };
  const { after, done, isWhole } = checkpoint;
  return { after: typeof after === 'string' ? after : null, done: Number(done ?? 0), isWhole: isWhole === true };
}
