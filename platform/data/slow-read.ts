import type { Database, Transaction } from './database.ts';

/** Something that answers statements. */
export type Reader = { readonly query: Transaction['query'] };

/**
 * Reads that go over many rows, on a connection of the pool: on the pipelined ones, short reads that were sent just after would wait behind
 * them. One process does it, so that it takes one processor from others and not all.
 */
export function slowRead<T>(database: Pick<Database, 'transaction'>, run: (reader: Reader) => Promise<T>): Promise<T> {
  return database.transaction(async (transaction) => {
    await transaction.query({ text: 'set transaction read only', values: [] });
    await transaction.query({ text: 'set local max_parallel_workers_per_gather = 0', values: [] });
    return run({ query: transaction.query });
  });
}
