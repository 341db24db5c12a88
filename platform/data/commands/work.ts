import type { Caller } from '#platform/kernel/caller.ts';
import { isMet } from '#platform/kernel/conditions/is-met.ts';
import { namesIn } from '#platform/kernel/conditions/names.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { Json, ObjectDefinition } from '#platform/kernel/model.ts';
import type { CarriedValues, EventDefinition, NumberSeries, RecordValues, Work, WorkQuery } from '#platform/kernel/module.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { apiNameOf, fieldsIn, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import { todayOf } from '#platform/kernel/relative-date.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import type { Transaction } from '../database.ts';
import { createMany } from '../save/bulk-create.ts';
import { queryRecords, recordPages } from '../save/facts.ts';
import { loadRecord, notFound } from '../save/load.ts';
import { drawRange, formatNumber, seriesOf } from '../save/numbers.ts';
import { outboxInsert, outboxValues } from '../save/outbox-row.ts';
import type { SaveOptions } from '../save/change.ts';
import { longJobKind } from '#platform/kernel/long-job.ts';
import { enqueue, isJobOver } from '../new-job.ts';
import { openEventStore } from '../event-store/event-store.ts';
import { livingIds } from '../save/references.ts';
import { saveRecord } from '../save/save.ts';
import { eraseRecord } from '../save/erase.ts';
import { openSaving } from '../save/saving.ts';
import { rememberMerged, survivorOf } from '../merge/aliases.ts';
import { mergeRecords, type Merge } from '../merge/merge-records.ts';
import { readMirror } from '../mirrors/mirror-rows.ts';
import type { Store } from '../store.ts';
import { verifyChain } from '../verify-chain.ts';
import { prepared } from '../read/statement-names.ts';
import { companyZones } from './company-zones.ts';
import { carriedValues, takenOver } from './custom-values.ts';
import { checkDeclared } from './declared-event.ts';

/** What caused the work, for the events it makes. */
export type Cause = { readonly correlationId?: string; readonly causationId?: string };

/** Runs a piece of work in one transaction of the service's database, on behalf of a caller; wakes the relay when it has committed. */
export async function runInWork<T>(
  store: Store,
  caller: Caller,
  run: (work: Work, transaction: Transaction) => Promise<T>,
  cause: Cause = {},
): Promise<T> {
  const result = await store.database.transaction(async (transaction) =>
    run(await openWork(store, caller, transaction, cause), transaction),
  );
  store.wake();
  return result;
}

/** A Work on a transaction that somebody else begins and commits. */
export async function openWork(store: Store, caller: Caller, transaction: Transaction, cause: Cause = {}): Promise<Work> {
  const index = store.schema();
  const now = new Date().toISOString();
  const at: Place = { store, caller, transaction, cause, index };
  const zones = await companyZones(transaction.query, index);
  const source = { index, system: systemCaller(store.module.name), query: transaction.query };
  return Object.freeze({
    caller,
    now,
    today: (companyId = caller.companyId) => todayOf(caller, zones.get(companyId ?? '')),
    get: async <R extends RecordValues>(name: string, id: string) => {
      const found = await recordOf(at, name, id);
      return found ? trusted<R>(found) : null;
    },
    find: async <R extends RecordValues>(name: string, id: string) => trusted<R | null>(await foundRecord(at, name, id)),
    record: async <R extends RecordValues>(name: string, id: string) => trusted<R | null>(await store.fetchForeign(name, id)),
    fieldsOf: fieldsIn(index),
    query: async <R extends RecordValues>(name: string, query: WorkQuery) => trusted<readonly R[]>(await queryRecords(source, name, query)),
    pages: <R extends RecordValues>(name: string, query: WorkQuery) =>
      trusted<AsyncIterable<readonly R[]>>(recordPages(source, objectNamed(at, name), query)),
    lock: async <R extends RecordValues>(name: string, id: string) => trusted<R>(await lockedRecord(at, name, id)),
    save: async <R extends RecordValues>(name: string, values: RecordValues) => trusted<R>(await saved(at, name, values)),
    create: async <R extends RecordValues>(name: string, id: string, values: RecordValues) =>
      trusted<R>(await created(at, name, { id, values })),
    createMany: async <R extends RecordValues>(name: string, records: readonly (RecordValues & { id: string })[]) =>
      trusted<readonly R[]>(await createdMany(at, name, records)),
    drawNumbers: (name: string, series: NumberSeries) => drawn(at, name, series),
    remove: async (name: string, id: string) => {
      await saveRecord(store, caller, { operation: 'delete', object: objectNamed(at, name), id }, optionsOf(at));
    },
    merge: (name: string, pair: Omit<Merge, 'object'>) =>
      mergeRecords(openSaving(store, caller, optionsOf(at)), transaction.query, { object: objectNamed(at, name), ...pair }),
    erase: (name: string, id: string, also: readonly string[], instead: RecordValues = {}) =>
      eraseRecord(openSaving(store, caller, optionsOf(at)), transaction.query, { object: objectNamed(at, name), id, also, instead }),
    markOf: store.markOf,
    survivor: async (id: string, heard?: { object: string; into: string }) => {
      if (heard) await rememberMerged(transaction.query, { ...heard, from: id });
      return survivorOf(transaction.query, id);
    },
    meets: (name: string, record: RecordValues, condition: unknown) => meets(at, askedObject(at, name), { record, condition }),
    carried: (name: string, record: RecordValues) => carriedValues({ index, object: objectNamed(at, name) }, record),
    takenOver: (name: string, carried: CarriedValues | undefined) => takenOver({ index, object: objectNamed(at, name) }, carried),
    startJob: (name: string, input: Json) => started(at, name, input),
    isJobOver: (id: string) => isJobOver(transaction, id),
    verifyChain: (name: string, after: number) => verifyChain(transaction, objectNamed(at, name), after),
    eventStore: openEventStore(transaction),
    emit: <D extends { readonly [key: string]: Json }>(event: EventDefinition<D>, subject: string, data: D) =>
      emitted(at, event.type, { subject, data }),
  });
}

/** Its workers look for it as soon as others can see it. */
async function started({ store, transaction, caller }: Place, name: string, input: Json): Promise<string> {
  if (store.wakeJobs) transaction.afterCommit?.(store.wakeJobs);
  return (await enqueue(transaction, { kind: longJobKind(name), input, by: caller.actor })) ?? '';
}

type Place = {
  readonly store: Store;
  readonly caller: Caller;
  readonly transaction: Transaction;
  readonly cause: Cause;
  readonly index: SchemaIndex;
};

function objectNamed({ index, store }: Place, name: string): ObjectDefinition {
  const object = index.byName.get(name);
  if (!object) throw new Error(`The module ${store.module.name} has no object ${name}.`);
  return object;
}

/** An object that a condition may be about: its record is given, so that another service's will do. */
function askedObject(at: Place, name: string): ObjectDefinition {
  return at.index.foreign.get(name) ?? objectNamed(at, name);
}

/** What is saved here is part of this transaction, and the platform's own doing. */
function optionsOf({ cause, transaction }: Place): SaveOptions & { transaction: Transaction } {
  return { ...cause, transaction, asSystem: true };
}

function meets(
  { index, caller }: Place,
  object: ObjectDefinition,
  { record, condition }: { record: RecordValues; condition: unknown },
): boolean | null {
  const storages = new Map(index.fieldsOf(object).all.map((field) => [apiNameOf(field), fieldType(field.type).storage]));
  if (![...namesIn(condition)].every((name) => storages.has(name))) return null;
  return isMet(condition, { valueOf: (name) => record[name], storages, around: caller });
}

/** A record by its id, or the one that it was merged into. */
async function recordOf(at: Place, name: string, id: string): Promise<RecordValues | null> {
  const found = await ownRecord(at, name, id);
  if (found) return found;
  const survivor = await survivorOf(at.transaction.query, id);
  return survivor === null ? null : ownRecord(at, name, survivor);
}

/** What the mirror has of a record, once its owner has been asked where that is nothing. */
async function foundRecord(at: Place, name: string, id: string): Promise<RecordValues | null> {
  const known = await recordOf(at, name, id);
  const object = at.index.foreign.get(name);
  if (known || !object) return known;
  await livingIds(openSaving(at.store, at.caller, optionsOf(at)), [{ side: { object, isForeign: true }, id }]);
  return recordOf(at, name, id);
}

async function ownRecord(at: Place, name: string, id: string): Promise<RecordValues | null> {
  const { index, transaction } = at;
  const foreign = index.byName.has(name) ? undefined : index.foreign.get(name);
  if (foreign) return (await readMirror(transaction.query, { index, object: foreign }, [id]))[0] ?? null;
  return loadRecord(transaction.query, { index, object: objectNamed(at, name) }, { id });
}

async function lockedRecord(at: Place, name: string, id: string): Promise<RecordValues> {
  const object = objectNamed(at, name);
  const found = await loadRecord(at.transaction.query, { index: at.index, object }, { id, lock: true });
  if (!found) throw notFound(object, id);
  return found;
}

async function saved(at: Place, name: string, values: RecordValues): Promise<RecordValues> {
  const object = objectNamed(at, name);
  const { id, ...rest } = values;
  const change =
    typeof id === 'string'
      ? ({ operation: 'update', object, id, values: rest } as const)
      : ({ operation: 'create', object, values: rest } as const);
  return (await saveRecord(at.store, at.caller, change, optionsOf(at))).record;
}

/** An advisory lock makes two that create the same one come one after the other, so that the second finds it. */
async function created(at: Place, name: string, made: { id: string; values: RecordValues }): Promise<RecordValues> {
  const object = objectNamed(at, name);
  const { query } = at.transaction;
  await query({ text: 'select pg_advisory_xact_lock(hashtextextended($1, 0))', values: [`${object.table} ${made.id}`] });
  const known = await loadRecord(query, { index: at.index, object }, { id: made.id, life: 'any' });
  if (known) return known;
  return (await saveRecord(at.store, at.caller, { operation: 'create', object, ...made }, optionsOf(at))).record;
}

async function createdMany(at: Place, name: string, records: readonly (RecordValues & { id: string })[]): Promise<readonly RecordValues[]> {
  if (records.length === 0) return [];
  const batch = {
    object: objectNamed(at, name),
    ids: records.map(({ id }) => id),
    records: records.map(({ id: _id, ...values }) => values),
  };
  return (await createMany(at.store, at.caller, batch, optionsOf(at))).map(({ record }) => record);
}

async function drawn(at: Place, name: string, { field, companyId, fiscalYear, count }: NumberSeries): Promise<readonly string[]> {
  const definition = objectNamed(at, name).fields.find((one) => one.name === field || one.id === `${name}.${field}`);
  if (!definition) throw new Error(`${name} has no field ${field}.`);
  const numbers = await drawRange(at.transaction.query, { series: seriesOf(definition, companyId, fiscalYear) }, count);
  return numbers.map((number) => formatNumber(definition, number, `${fiscalYear}-01-01`));
}

async function emitted(at: Place, type: string, event: { subject: string; data: { readonly [key: string]: Json } }): Promise<void> {
  checkDeclared(at.store.module.events, type, event.data);
  const row = {
    ...event,
    type,
    object: null,
    recordId: null,
    actor: at.caller.actor,
    correlationId: at.cause.correlationId,
    causationId: at.cause.causationId,
    workDate: at.caller.workDate,
    objectVersion: 0,
    metadataVersion: at.index.version,
  };
  await at.transaction.query(prepared(outboxInsert(1, ''), outboxValues(row)));
}
