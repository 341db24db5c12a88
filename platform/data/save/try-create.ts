import type { Caller } from '#platform/kernel/caller.ts';
import { underNewestSchema } from '../newer-schema.ts';
import type { Store } from '../store.ts';
import type { Change, Saved } from './change.ts';
import { saveRecord } from './save.ts';

/** Carries out of the transaction what was saved in it, and takes it back. */
class TakenBack extends Error {
  readonly saved: Saved;

  constructor(saved: Saved) {
    super('It is taken back.');
    this.saved = saved;
  }
}

/** The record as a create would answer it, or its refusal. It is created by the same code, in a transaction that is taken back: nothing stays, not even a number. */
export async function tryCreate(store: Store, caller: Caller, change: Change & { operation: 'create' }): Promise<Saved> {
  try {
    return await underNewestSchema(store, () =>
      store.database.transaction(async (transaction): Promise<Saved> => {
        throw new TakenBack(await saveRecord(store, caller, change, { transaction }));
      }),
    );
  } catch (error) {
    if (error instanceof TakenBack) return error.saved;
    throw error;
  }
}
