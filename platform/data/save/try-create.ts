import type { Caller } from '#platform/kernel/caller.ts';
import type { Transaction } from '../database.ts';
import { underNewestSchema } from '../newer-schema.ts';
import { tried } from '../savepoint.ts';
import type { Store } from '../store.ts';
import type { Change, Saved } from './change.ts';
import { saveRecord } from './save.ts';

/** The record as a create would answer it, or its refusal. It is created by the same code, in a transaction that is taken back: nothing stays, not even a number. */
export function tryCreate(store: Store, caller: Caller, change: Change & { operation: 'create' }): Promise<Saved> {
  return tried(
    (run: (transaction: Transaction) => Promise<Saved>) => underNewestSchema(store, () => store.database.transaction(run)),
    (transaction) => saveRecord(store, caller, change, { transaction }),
    () => false,
  );
}
