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

/** What work comes to `within` a transaction or a part of one; what it has written stays only if that is kept. */
export async function tried<T, Place extends readonly unknown[]>(
  within: (run: (...place: Place) => Promise<T>) => Promise<T>,
  work: (...place: Place) => Promise<T>,
  isKept: (result: T) => boolean,
): Promise<T> {
  const back = new Error('It is taken back.');
  let found: { readonly result: T } | undefined;
  try {
    return await within(async (...place) => {
      const result = await work(...place);
      found = { result };
      if (!isKept(result)) throw back;
      return result;
    });
  } catch (error) {
    if (error === back && found) return found.result;
    throw error;
  }
}
