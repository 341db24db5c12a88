import { Refusal } from '#platform/kernel/errors.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { RawRow, Statement } from '../database.ts';
import { isGone, isNewerSoon } from '../newer-schema.ts';
import type { Scope } from '../names.ts';
import type { Store } from '../store.ts';

/**
 * Where records are read from: a schema version, on whose behalf, and what runs a statement, be it a pipelined
 * connection or a transaction. `newer` waits a moment for a later schema, for when a column went away under a query.
 */
export type ReadSource = {
  readonly schema: SchemaIndex;
  readonly caller: Caller;
  readonly query: (statement: Statement) => Promise<readonly RawRow[]>;
  readonly newer?: () => Promise<ReadSource | null>;
};

/** Reads of a store outside any transaction, on its pipelined connections. */
export function readSource(store: Store, caller: Caller): ReadSource {
  const schema = store.schema();
  return { schema, caller, query: store.database.read, newer: () => newerSource(store, caller, schema.version) };
}

/** The names a source may use. */
export function scopeOf(source: ReadSource): Scope {
  return { schema: source.schema, permissions: source.caller.permissions };
}

/**
 * Runs a read. When the table has lost a column that this schema version still names, the change has reached the database
 * a moment before this process: the read runs once more under the newer version.
 */
export async function reading<T>(
  source: ReadSource,
  object: ObjectDefinition,
  run: (source: ReadSource, object: ObjectDefinition) => Promise<T>,
): Promise<T> {
  demandRead(source, object);
  try {
    return await run(source, object);
  } catch (error) {
    if (!isGone(error)) throw error;
    const newer = await source.newer?.();
    const again = newer?.schema.objects.find((candidate) => candidate.id === object.id);
    if (!newer || !again) throw error;
    return run(newer, again);
  }
}

/** Refuses who may not read the object: 403 when they may do something else with it, 404 when it is not theirs to know of. */
function demandRead(source: ReadSource, object: ObjectDefinition): void {
  const rights = source.caller.permissions.on(object);
  if (rights.read) return;
  const isKnown = rights.create || rights.edit || rights.delete || rights.commands === true || rights.commands.size > 0;
  if (isKnown) throw new Refusal('not_allowed', `You may not read ${object.pluralLabel.en}.`);
  throw new Refusal('not_found', `There is no ${object.collection} here.`);
}

async function newerSource(store: Store, caller: Caller, version: number): Promise<ReadSource | null> {
  return (await isNewerSoon(store, version)) ? readSource(store, caller) : null;
}
