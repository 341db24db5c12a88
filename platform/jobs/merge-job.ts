import { setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from '#platform/data/database.ts';
import { rememberMerged, survivorOf } from '#platform/data/merge/aliases.ts';
import { referringIds, referringObjects, repoint, repointDeleted, type Redirection } from '#platform/data/merge/repoint.ts';
import { mirrorChanges } from '#platform/data/mirrors/mirror-change.ts';
import { openSaving } from '#platform/data/save/saving.ts';
import { withSavepoint } from '#platform/data/savepoint.ts';
import type { Store } from '#platform/data/store.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { PlatformEvent } from '#platform/kernel/event.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { plainText } from '#platform/kernel/json.ts';
import type { Json, ObjectDefinition } from '#platform/kernel/model.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import { enqueue } from '#platform/data/new-job.ts';
import type { JobContext, Runner } from './runner.ts';

const KIND = 'merge';
const PAGE = 50;
const FIRST = '00000000-0000-0000-0000-000000000000';
/** How often, and how long at most, those are looked for who may still write what they read before the merge was known. */
const LOOK_MS = 100;
const PATIENCE_MS = 30_000;

/** Keeps mirrors current by events of their records. Those that tell of a merge are remembered, and a job leads references to the merged record to the other. */
export async function mirrorAndFollow(transaction: Transaction, index: SchemaIndex, events: readonly PlatformEvent[]): Promise<void> {
  await mirrorChanges(transaction, index, events);
  await followMerges(transaction, events);
}

async function followMerges(transaction: Transaction, events: readonly PlatformEvent[]): Promise<void> {
  for (const { subject, data } of events) {
    const [object, from] = subject.split('/');
    if (!object || !from || typeof data['mergedInto'] !== 'string') continue;
    await rememberMerged(transaction.query, { object, from, into: data['mergedInto'] });
    await enqueue(transaction, { kind: KIND, input: { object, from }, by: `service:${KIND}`, key: `${KIND}:${from}` });
  }
}

/** Leads every reference to a merged record to the one that stands for it. What cannot is kept as an error of the job, and stays as it is. */
export function mergeRunner(store: Store): Runner {
  return { kind: KIND, run: (job) => follow(store, job) };
}

async function follow(store: Store, job: JobContext): Promise<Json> {
  const { object: name, from: given } = isRecord(job.input) ? job.input : {};
  const from = plainText(given);
  const target = store.schema().foreign.get(plainText(name));
  const into = await survivorOf(store.database.read, from);
  if (!target || into === null) return null;
  const first = await followOnce(store, job, { target, from, into, done: 0 });
  await olderAreOver(store, job);
  const records = await followOnce(store, job, { target, from, into, done: first });
  return { records };
}

async function followOnce(store: Store, job: JobContext, at: Redirection & { done: number }): Promise<number> {
  let { done } = at;
  for (const object of referringObjects(store.schema(), at)) done = await followIn(store, job, { ...at, object, done });
  store.wake();
  return done;
}

/** Waits until no transaction is left that began before: it may have read that the merged record is there, and write so after the first look. */
async function olderAreOver({ database }: Store, { signal }: JobContext): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  const [[since] = []] = await database.read({ text: 'select clock_timestamp()::text', values: [] });
  const text = 'select 1 from pg_stat_activity where datname = current_database() and xact_start < $1::timestamptz limit 1';
  while (Date.now() < deadline && (await database.read({ text, values: [since] })).length > 0) await sleep(LOOK_MS, undefined, { signal });
}

async function followIn(store: Store, job: JobContext, at: Redirection & { object: ObjectDefinition; done: number }): Promise<number> {
  let { done } = at;
  let after: string | undefined = FIRST;
  while (after !== undefined) {
    const from: string = after;
    await job.step(async (transaction) => {
      const saving = openSaving(store, systemCaller(store.module.name), { transaction, asSystem: true });
      const ids = await referringIds(transaction.query, saving, { ...at, after: from, limit: PAGE });
      const errors: Json[] = [];
      for (const id of ids)
        await withSavepoint(transaction, () => repoint(saving, transaction.query, { ...at, ids: [id] })).catch((error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
          errors.push({ object: at.object.name, id, code: error.code, message: error.message });
        });
      if (ids.length < PAGE) await repointDeleted(transaction.query, saving.index, at);
      after = ids.length < PAGE ? undefined : ids.at(-1);
      done += ids.length - errors.length;
      return { done, errors };
    });
  }
  return done;
}
