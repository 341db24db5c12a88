import type { Caller } from '#platform/kernel/caller.ts';
import { Refusal, type FieldError } from '#platform/kernel/errors.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import type { Transaction } from '../database.ts';
import { underNewestSchema } from '../newer-schema.ts';
import { withSavepoint } from '../savepoint.ts';
import type { Store } from '../store.ts';
import { createMany } from './bulk-create.ts';
import type { SaveOptions, Saved } from './change.ts';
import { saveRecord } from './save.ts';
import { upsertRecord } from './upsert.ts';

/** One operation of a bulk request, in the words of the record API. */
export type BulkOperation =
  | { readonly op: 'create'; readonly record: RecordValues }
  | { readonly op: 'update'; readonly id: string; readonly record: RecordValues; readonly version?: number }
  | { readonly op: 'delete'; readonly id: string; readonly version?: number }
  | { readonly op: 'upsert'; readonly by: string; readonly value: string; readonly record: RecordValues };

/** What came of one operation: what was saved, or why not. */
export type BulkResult = { readonly saved: Saved; readonly status: 200 | 201 | 204 } | { readonly refusal: Refusal };

/** Where a bulk request goes. `atomic`: all or none. */
export type Bulk = {
  readonly object: ObjectDefinition;
  readonly atomic: boolean;
  readonly operations: readonly BulkOperation[];
};

/** The most operations in one request. */
const BULK_MAX = 1000;

/**
 * Carries out many operations, results in their order. Nothing but creates is one insert for all of them. An atomic request is one transaction:
 * the first refusal takes all of it back (`bulk_failed`, its errors pointing into `/operations/<n>/record`). Otherwise each stands alone.
 */
export async function saveMany(store: Store, caller: Caller, bulk: Bulk, options: SaveOptions = {}): Promise<readonly BulkResult[]> {
  if (bulk.operations.length > BULK_MAX)
    throw new Refusal(
      'limit_reached',
      `A request takes at most ${BULK_MAX} operations; this one has ${bulk.operations.length}. Send it in parts.`,
    );
  const records = bulk.operations.flatMap((operation) => (operation.op === 'create' ? [operation.record] : []));
  if (!options.transaction && records.length > 1 && records.length === bulk.operations.length) {
    const together = await underNewestSchema(store, () => createMany(store, caller, { object: bulk.object, records }, options)).catch(
      refusalOnly,
    );
    if (!(together instanceof Refusal)) return together.map((saved) => ({ saved, status: 201 }));
  }
  if (!bulk.atomic) return oneByOne(store, caller, bulk, options);
  const run = (transaction: Transaction): Promise<readonly BulkResult[]> => allOrNone(store, caller, bulk, { ...options, transaction });
  const results = await (options.transaction ? run(options.transaction) : underNewestSchema(store, () => store.database.transaction(run)));
  if (!options.transaction) store.wake();
  return results;
}

function refusalOnly(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

async function oneByOne(store: Store, caller: Caller, bulk: Bulk, options: SaveOptions): Promise<readonly BulkResult[]> {
  const results: BulkResult[] = [];
  for (const operation of bulk.operations) {
    const run = (): Promise<BulkResult> => carryOut(store, caller, { object: bulk.object, operation }, options);
    // Inside of a larger transaction a refusal must take back what this operation has done, and nothing else.
    const result = options.transaction ? withSavepoint(options.transaction, run) : run();
    results.push(await result.catch((error: unknown) => ({ refusal: refusalOnly(error) })));
  }
  return results;
}

async function allOrNone(store: Store, caller: Caller, bulk: Bulk, options: SaveOptions): Promise<readonly BulkResult[]> {
  const results: BulkResult[] = [];
  for (const [position, operation] of bulk.operations.entries()) {
    results.push(
      await carryOut(store, caller, { object: bulk.object, operation }, options).catch((error: unknown) => {
        throw located(refusalOnly(error), position);
      }),
    );
  }
  return results;
}

async function carryOut(
  store: Store,
  caller: Caller,
  at: { object: ObjectDefinition; operation: BulkOperation },
  options: SaveOptions,
): Promise<BulkResult> {
  const { object, operation } = at;
  if (operation.op === 'create')
    return {
      saved: await saveRecord(store, caller, { operation: 'create', object, values: operation.record }, options),
      status: 201,
    };
  if (operation.op === 'delete') {
    const saved = await saveRecord(store, caller, { operation: 'delete', object, id: operation.id, ...expected(operation) }, options);
    return { saved, status: 204 };
  }
  if (operation.op === 'upsert') {
    const saved = await upsertRecord(
      store,
      caller,
      { object, key: { field: operation.by, value: operation.value }, values: operation.record },
      options,
    );
    return { saved, status: saved.created ? 201 : 200 };
  }
  const change = { operation: 'update', object, id: operation.id, values: operation.record, ...expected(operation) } as const;
  return { saved: await saveRecord(store, caller, change, options), status: 200 };
}

function expected({ version }: { readonly version?: number }): { ifVersion?: number } {
  return version === undefined ? {} : { ifVersion: version };
}

function located(refusal: Refusal, position: number): Refusal {
  const at = `/operations/${position}`;
  const errors: readonly FieldError[] = refusal.details.errors?.map((error) => ({
    ...error,
    pointer: `${at}/record${error.pointer}`,
  })) ?? [{ pointer: at, rule: refusal.code, message: refusal.message }];
  return new Refusal('bulk_failed', `Operation ${position + 1} was refused, so none was carried out: ${refusal.message}`, {
    ...refusal.details,
    errors,
  });
}
