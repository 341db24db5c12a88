import { Refusal } from '#platform/kernel/errors.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { parseJson } from '#platform/kernel/json.ts';
import type { ModuleSchema } from '#platform/kernel/model.ts';
import { indexSchema, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { Database } from './database.ts';
import { applySchema, type Applied } from './ddl/apply-schema.ts';

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
  /**
   * Resolves when the schema in force is the one that belongs to this version of the metadata: at once when it is, else after asking
   * the core. The schema may keep its older number, where nothing of this service has changed. Refuses with what waiting cures.
   */
  readonly reach: (version: number) => Promise<void>;
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
  const applied = await lastApplied(options);
  const unfinished = applied.version === EMPTY_VERSION ? null : applied;
  const swapped = Promise.withResolvers<void>();
  const state: State = {
    index: indexSchema(applied),
    reached: applied.version,
    swapped,
    running: null,
    again: false,
    unfinished,
    finishing: null,
  };
  const sync = (): Promise<boolean> => share(state, () => pullOnce(options, state));
  return Object.freeze({ current: () => state.index, sync, reach: (version: number) => reach(state, sync, version) });
}

/**
 * `unfinished` is the schema in force while indexes of it may be missing or the core may not know of it. After a start it is what was
 * applied last: the process may have been killed between the commit of the tables and the rest. `reached` is the latest version for which
 * the core was asked, and `swapped` resolves when the next schema is in force.
 */
type State = {
  index: SchemaIndex;
  reached: number;
  swapped: PromiseWithResolvers<void>;
  running: Promise<boolean> | null;
  again: boolean;
  unfinished: ModuleSchema | null;
  finishing: Promise<void> | null;
};

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
  state.running = repeat(state, run);
  return state.running;
}

async function repeat(state: State, run: () => Promise<boolean>): Promise<boolean> {
  let changed = false;
  try {
    do {
      state.again = false;
      changed = (await run()) || changed;
    } while (state.again);
  } finally {
    // Not a moment later: whoever asks from here on must not be given the answer of a run that is over.
    state.running = null;
  }
  return changed;
}

/** Goes on as soon as the schema is in force; its indexes may take minutes more. */
async function reach(state: State, sync: () => Promise<boolean>, version: number): Promise<void> {
  while (version > Math.max(state.reached, state.index.version)) {
    const asked = sync().then(() => void (state.reached = Math.max(state.reached, version)), refuseBehind);
    asked.catch(() => undefined);
    await Promise.race([asked, state.swapped.promise]);
  }
}

function refuseBehind(error: unknown): never {
  if (error instanceof Refusal) throw error;
  const reason = error instanceof Error ? error.message : String(error);
  throw new Refusal('schema_behind', `The newest metadata cannot be applied yet: ${reason}`, { retryAfterSeconds: 2 });
}

async function pullOnce(options: SchemaSyncOptions, state: State): Promise<boolean> {
  const schema = await options.source.pull(state.index.version);
  if (!schema || schema.version <= state.index.version) {
    // Nobody waits for this: an index of a large table may take minutes, and the service serves meanwhile.
    if (state.unfinished) state.finishing ??= finishLater(options, state, state.unfinished);
    return false;
  }
  await reporting(options, schema, async () => {
    const applied = await applySchema({ migratorUrl: options.migratorUrl, module: options.module }, schema);
    state.index = indexSchema(applied.schema);
    state.unfinished = applied.schema;
    state.swapped.resolve();
    state.swapped = Promise.withResolvers();
    await options.onSwap(state.index);
    await finish(options, state, applied);
  });
  return true;
}

/** What goes wrong is told to the core, and tried again at the next look. */
function finishLater(options: SchemaSyncOptions, state: State, schema: ModuleSchema): Promise<void> {
  const target = { migratorUrl: options.migratorUrl, module: options.module };
  return reporting(options, schema, async () => finish(options, state, { ...(await applySchema(target, schema)), schema }))
    .catch(() => undefined)
    .finally(() => (state.finishing = null));
}

/** Builds what is missing, then tells the core what is in force. */
async function finish({ source }: SchemaSyncOptions, state: State, applied: Applied): Promise<void> {
  await applied.finish();
  await source.report(applied.schema.version);
  if (state.unfinished?.version === applied.schema.version) state.unfinished = null;
}

/** Tells the core why a version cannot be served, and throws on. */
async function reporting({ source }: SchemaSyncOptions, schema: ModuleSchema, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    await source.report(schema.version, error instanceof Error ? error.message : String(error));
    throw error;
  }
}
