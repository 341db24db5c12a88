import type { Caller } from '#platform/kernel/caller.ts';
import type { Json } from '#platform/kernel/model.ts';
import type { EventDefinition, RecordValues, Work, WorkQuery } from '#platform/kernel/module.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { systemCaller } from '#platform/kernel/system-caller.ts';
import type { Transaction } from '../database.ts';
import { queryRecords } from '../save/facts.ts';
import { loadRecord, notFound } from '../save/load.ts';
import { outboxInsert, outboxValues } from '../save/outbox-row.ts';
import { saveRecord } from '../save/save.ts';
import { readMirror } from '../mirrors/mirror-rows.ts';
import type { Store } from '../store.ts';
import { prepared } from '../read/statement-names.ts';
import { calendarDay } from './calendar-day.ts';

/** What caused the work, for the events it makes. */
export type Cause = { readonly correlationId?: string; readonly causationId?: string };

/** Runs a piece of work in one transaction of the service's database, on behalf of a caller; wakes the relay when it has committed. */
export async function runInWork<T>(store: Store, caller: Caller, run: (work: Work) => Promise<T>, cause: Cause = {}): Promise<T> {
  const result = await store.database.transaction((transaction) => run(openWork(store, caller, transaction, cause)));
  store.wake();
  return result;
}

/** A Work on a transaction that somebody else begins and commits. */
export function openWork(store: Store, caller: Caller, transaction: Transaction, cause: Cause = {}): Work {
  const index = store.schema();
  const now = new Date().toISOString();
  const source = { index, system: systemCaller(store.module.name), query: transaction.query };
  const objectNamed = (name: string) => {
    const object = index.byName.get(name);
    if (!object) throw new Error(`The module ${store.module.name} has no object ${name}.`);
    return object;
  };
  const get = async (name: string, id: string): Promise<RecordValues | null> => {
    const foreign = index.byName.has(name) ? undefined : index.foreign.get(name);
    if (foreign) return (await readMirror(transaction.query, { index, object: foreign }, [id]))[0] ?? null;
    return loadRecord(transaction.query, { index, object: objectNamed(name) }, { id });
  };
  const lock = async (name: string, id: string): Promise<RecordValues> => {
    const object = objectNamed(name);
    const found = await loadRecord(transaction.query, { index, object }, { id, lock: true });
    if (!found) throw notFound(object, id);
    return found;
  };
  const save = async (name: string, values: RecordValues): Promise<RecordValues> => {
    const object = objectNamed(name);
    const { id, ...rest } = values;
    const change =
      typeof id === 'string'
        ? ({ operation: 'update', object, id, values: rest } as const)
        : ({ operation: 'create', object, values: rest } as const);
    return (await saveRecord(store, caller, change, { ...cause, transaction, asSystem: true })).record;
  };
  const emit = async <D extends { readonly [key: string]: Json }>(event: EventDefinition<D>, subject: string, data: D): Promise<void> => {
    const row = {
      type: event.type,
      object: null,
      recordId: null,
      subject,
      actor: caller.actor,
      correlationId: cause.correlationId,
      causationId: cause.causationId,
      objectVersion: 0,
      metadataVersion: index.version,
      data,
    };
    await transaction.query(prepared(outboxInsert(1, ''), outboxValues(row)));
  };
  return Object.freeze({
    caller,
    now,
    today: (_companyId?: string) => calendarDay(now, caller.timeZone),
    get: async <R extends RecordValues>(name: string, id: string) => {
      const found = await get(name, id);
      return found ? trusted<R>(found) : null;
    },
    query: async <R extends RecordValues>(name: string, query: WorkQuery) => trusted<readonly R[]>(await queryRecords(source, name, query)),
    lock: async <R extends RecordValues>(name: string, id: string) => trusted<R>(await lock(name, id)),
    save: async <R extends RecordValues>(name: string, values: RecordValues) => trusted<R>(await save(name, values)),
    emit,
  });
}
