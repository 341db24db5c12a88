import type { Transaction } from './database.ts';

/** Runs a part of a transaction. When it throws, what it has done is taken back, and the transaction goes on. */
export async function withSavepoint<T>(transaction: Transaction, run: () => Promise<T>): Promise<T> {
  await transaction.query({ text: 'savepoint part', values: [] });
  try {
    const result = await run();
    await transaction.query({ text: 'release savepoint part', values: [] });
    return result;
  } catch (error) {
    await transaction.query({ text: 'rollback to savepoint part', values: [] });
    await transaction.query({ text: 'release savepoint part', values: [] });
    throw error;
  }
}
