import { sqlState } from './database-errors.ts';
import type { Store } from './store.ts';

const WAIT_MILLISECONDS = 1_000;
const LOOK_MILLISECONDS = 10;
/** A column, or a table, that is not there. */
const GONE: readonly string[] = ['42703', '42P01'];

/** Whether a statement failed because it named a column or table that is no longer there. */
export function isGone(error: unknown): boolean {
  return GONE.includes(sqlState(error));
}

/** Waits a moment for a schema later than `version`; whether one came. */
export async function isNewerSoon(store: Pick<Store, 'schema'>, version: number): Promise<boolean> {
  const deadline = Date.now() + WAIT_MILLISECONDS;
  while (store.schema().version <= version) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
  }
  return true;
}

/**
 * Runs what takes its schema from the store and leaves nothing behind when it fails. When the table has lost a column that this version
 * still names, the change has reached the database a moment before this process: it runs once more under the newer version.
 */
export async function underNewestSchema<T>(store: Pick<Store, 'schema'>, run: () => Promise<T>): Promise<T> {
  const { version } = store.schema();
  try {
    return await run();
  } catch (error) {
    if (!isGone(error) || !(await isNewerSoon(store, version))) throw error;
    return run();
  }
}
