import { trusted } from '#platform/kernel/seam.ts';
import { parseJson } from '#platform/kernel/json.ts';
import type { ModuleSchema } from '#platform/kernel/model.ts';
import { indexSchema, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { Database } from './database.ts';
import { applySchema } from './ddl/apply-schema.ts';

/** Where a service's schema comes from: the core, asked over HTTP, or in the core itself its own registry. */
export type SchemaSource = {
  /** The schema when it is newer than `since`, else null. */
  readonly pull: (since: number) => Promise<ModuleSchema | null>;
  /** Says which version this service serves, or why it cannot. */
  readonly report: (version: number, error?: string) => Promise<void>;
};

/** Keeps a service's schema in step with the core. */
export type SchemaSync = {
  /** The schema in force. */
  readonly current: () => SchemaIndex;
  /** Pulls, applies and swaps in what is newer. Answers whether something was. Calls at the same time share one run, and one more after it. */
  readonly sync: () => Promise<boolean>;
};

/** What a sync works on. `onSwap` is told after a new version is in force. */
export type SchemaSyncOptions = {
  readonly module: string;
  readonly database: Database;
  readonly migratorUrl: string;
  readonly source: SchemaSource;
  readonly onSwap: (index: SchemaIndex) => Promise<void>;
};

const EMPTY_VERSION = 0;

/** Starts from the schema that this database applied last, so that a service works while the core is away. */
export async function openSchemaSync(options: SchemaSyncOptions): Promise<SchemaSync> {
  const state: State = { index: indexSchema(await lastApplied(options)), running: null, again: false, unreported: null };
  return Object.freeze({ current: () => state.index, sync: () => share(state, () => pullOnce(options, state)) });
}

/** `unreported` is a version in force that the core does not know of yet. */
type State = { index: SchemaIndex; running: Promise<boolean> | null; again: boolean; unreported: number | null };

/** The row holds what this service itself applied, written from a ModuleSchema. */
async function lastApplied(options: SchemaSyncOptions): Promise<ModuleSchema> {
  const [row] = await options.database.read({ text: 'select schema from platform.applied_metadata', values: [] });
  return row?.[0] ? trusted(parseJson(row[0])) : { module: options.module, version: EMPTY_VERSION, objects: [], foreign: [] };
}

async function share(state: State, run: () => Promise<boolean>): Promise<boolean> {
  if (state.running) {
    state.again = true;
    return state.running;
  }
  state.running = repeat(state, run).finally(() => (state.running = null));
  return state.running;
}

async function repeat(state: State, run: () => Promise<boolean>): Promise<boolean> {
  let changed = false;
  do {
    state.again = false;
    changed = (await run()) || changed;
  } while (state.again);
  return changed;
}

async function pullOnce(options: SchemaSyncOptions, state: State): Promise<boolean> {
  const schema = await options.source.pull(state.index.version);
  if (!schema || schema.version <= state.index.version) {
    await report(options, state);
    return false;
  }
  try {
    const applied = await applySchema({ migratorUrl: options.migratorUrl, module: options.module }, schema);
    state.index = indexSchema(applied.schema);
    state.unreported = applied.schema.version;
    await options.onSwap(state.index);
    await applied.finish();
  } catch (error) {
    await options.source.report(schema.version, error instanceof Error ? error.message : String(error));
    throw error;
  }
  await report(options, state);
  return true;
}

/** Tells the core what is in force, again at the next look when it does not listen now. */
async function report({ source }: SchemaSyncOptions, state: State): Promise<void> {
  const version = state.unreported;
  if (version === null) return;
  await source.report(version);
  if (state.unreported === version) state.unreported = null;
}
