import { sentence } from '#platform/kernel/sentence.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import type { ModuleSchema, ObjectDefinition } from '#platform/kernel/model.ts';
import type { Transaction } from '#platform/data/database.ts';
import type { Store } from '#platform/data/store.ts';
import type { AskFit } from '#platform/metadata/fit.ts';
import type { StandardLayer } from '#platform/metadata/load.ts';
import { moduleSchema, modulesWith } from '#platform/metadata/module-schema.ts';
import { isListTarget, listNameOf } from '#platform/metadata/option-lists.ts';
import { CHANGES_MAX, type LocatedChange } from './change.ts';
import { openCommit, type Committed } from './commit.ts';
import { expiredChanges } from './expiry.ts';
import { planChanges, type Plan, type PlanContext } from './plan.ts';
import { previewOf, type Preview } from './preview.ts';
import { hasExpiredFormer, planChangeOver, planForgetting, type ChangeOver } from './retype-plans.ts';
import { openServices, type Served, type Services } from './services.ts';
import { findObject, readState, type CoreState } from './state.ts';
import { notUndoable, planUndo } from './undo.ts';
import { changedObjects, continued, withoutExpired } from './upgrade.ts';
import { readVersion, readVersions, type VersionRow } from './version-rows.ts';

/** What the core stands on. `fit` asks an owning service about rows; `roles` are the names that access may mention; `modules` the services that exist. */
export type CoreOptions = {
  readonly store: Pick<Store, 'database' | 'wake'>;
  readonly standard: StandardLayer;
  readonly modules: readonly string[];
  readonly fit: AskFit;
  readonly roles?: () => Promise<readonly string[]>;
  readonly clock?: () => Date;
};

/** How a change is asked for: only while an object or option list is at this version; and how long to wait for the owning service. */
export type ChangeOptions = {
  readonly ifVersion?: { readonly object: string; readonly version: number };
  readonly waitMs?: number;
};

/** A change that is written: its version, the objects it named as they are now, and whether the owning services serve it. */
export type Applied = {
  readonly version: number;
  readonly served: Served;
  readonly objects: readonly (ObjectDefinition | undefined)[];
  readonly facts: Plan['facts'];
};

/** An entry of the log with what can be done about it. */
export type LogEntry = {
  readonly row: VersionRow;
  readonly state: 'active' | 'pending';
  readonly undoable: boolean;
  readonly reason?: string;
};

/** The Core Platform service's metadata: one sequence of versions, and what every other service needs of them. */
export type Core = {
  /** The metadata now, other replicas' versions included. */
  readonly state: () => Promise<CoreState>;
  readonly applyChanges: (caller: Caller, changes: readonly LocatedChange[], options?: ChangeOptions) => Promise<Applied>;
  /** Makes a field what it is to be, now that its values are in its new column. */
  readonly changeOver: (change: ChangeOver) => Promise<void>;
  readonly undo: (caller: Caller, version: number, options?: ChangeOptions) => Promise<Applied>;
  /** Writes a version of a plan that is made from the state, under the same rules as every other change. */
  readonly applyPlan: (caller: Caller, make: (state: CoreState, context: PlanContext) => Plan, options?: ChangeOptions) => Promise<Applied>;
  /** A plan that is only looked at. */
  readonly planned: <T>(caller: Caller, make: (state: CoreState, context: PlanContext) => T) => Promise<T>;
  readonly fit: AskFit;
  readonly previewChanges: (caller: Caller, changes: readonly LocatedChange[]) => Promise<Preview>;
  readonly log: (page: { before?: number; object?: string; changing?: string; limit: number }) => Promise<readonly LogEntry[]>;
  /** Null when nothing of the module's schema has changed since. */
  readonly schema: (module: string, since?: number) => Promise<{ readonly version: number; readonly schema: ModuleSchema | null }>;
  readonly services: Services;
  readonly modules: readonly string[];
  /** Drops what was retired 30 days ago; answers how many things. */
  readonly dropExpired: () => Promise<number>;
  readonly store: CoreOptions['store'];
};

const WAIT_MS = 10_000;

/** What the parts of an open core share. */
type Open = {
  readonly options: CoreOptions;
  readonly modules: readonly string[];
  readonly services: Services;
  readonly commit: ReturnType<typeof openCommit>;
  readonly clock: () => Date;
};

/** Opens the core on its database (tables of `CORE_MIGRATIONS`), taking over a standard layer that is new since the last start. */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { store, standard, clock = () => new Date() } = options;
  const services = openServices(store.database);
  const initial = await store.database.transaction((transaction) => readState(transaction));
  const commit = openCommit({ store, initial });
  const modules = [...new Set([...options.modules, ...standard.objects.map((object) => object.module)])].sort();
  const open: Open = { options, modules, services, commit, clock };
  await takeStandard(commit, { standard, now: clock().toISOString() });
  return Object.freeze<Core>({
    state: commit.fresh,
    applyChanges: (caller, changes, asked = {}) => applyChanges(open, { caller, asked }, changes),
    applyPlan: (caller, make, asked = {}) => applyPlan(open, { caller, asked }, make),
    planned: async (caller, make) => {
      requireAdministrator(caller);
      return make(await commit.fresh(), await contextFor(open, caller));
    },
    fit: options.fit,
    changeOver: async (change) =>
      void (await applyPlan(open, { caller: SYSTEM, asked: { waitMs: 0 } }, (state, context) => planChangeOver(state, change, context))),
    undo: (caller, version, asked = {}) => undo(open, { caller, asked }, version),
    previewChanges: async (caller, changes) => {
      requireAdministrator(caller);
      return previewOf(await commit.fresh(), changes, { context: await contextFor(open, caller), fit: options.fit });
    },
    log: async (page) => logOf(await readVersions({ query: store.database.read }, page), await commit.fresh(), services),
    schema: (module, since) => schemaSince(open, module, since),
    services,
    modules,
    dropExpired: () => dropExpired(open),
    store,
  });
}

/** Who asks for a change, and how. */
type Asking = { readonly caller: Caller; readonly asked: ChangeOptions };

async function applyChanges(open: Open, asking: Asking, changes: readonly LocatedChange[]): Promise<Applied> {
  requireAdministrator(asking.caller);
  if (changes.length === 0 || changes.length > CHANGES_MAX)
    throw new Refusal('malformed_request', `Send between 1 and ${CHANGES_MAX} changes.`);
  return applyPlan(open, asking, (state, context) => {
    refuseStale(state, asking.asked.ifVersion);
    return planChanges(state, changes, context);
  });
}

async function applyPlan(open: Open, { caller, asked }: Asking, make: (state: CoreState, context: PlanContext) => Plan): Promise<Applied> {
  requireAdministrator(caller);
  const { commit, options } = open;
  const context = await contextFor(open, caller);
  const plan = (state: CoreState): Plan => make(state, context);
  await askFits(options.fit, plan(await commit.fresh()));
  return settle(open, await commit.write({ caller, now: context.now, plan }), asked);
}

async function undo(open: Open, { caller, asked }: Asking, version: number): Promise<Applied> {
  requireAdministrator(caller);
  const { commit, options } = open;
  const context = await contextFor(open, caller);
  const load = async (reader: { query: Transaction['query'] }): Promise<(state: CoreState) => Plan> => {
    const row = await readVersion(reader, version);
    if (!row) throw new Refusal('not_found', `There is no version ${version}.`);
    const later = (await readVersions(reader, { limit: 200 })).filter((one) => one.version > version);
    return (state) => planUndo(state, row, { ...context, later });
  };
  const first = await load({ query: options.store.database.read });
  await askFits(options.fit, first(await commit.fresh()));
  return settle(open, await commit.write({ caller, now: context.now, load }), asked);
}

async function contextFor({ options, modules, clock }: Open, caller: Caller): Promise<PlanContext> {
  const roles = new Set((await options.roles?.()) ?? options.standard.roles.map((role) => role.name));
  return { language: caller.language, roles, modules: new Set(modules), now: clock().toISOString() };
}

async function settle({ services }: Open, { state, plan, owners, version }: Committed, asked: ChangeOptions): Promise<Applied> {
  const served = await services.waitFor(owners, version, asked.waitMs ?? WAIT_MS);
  return { version, served, objects: plan.subjects.map((id) => state.byId.get(id)), facts: plan.facts };
}

async function schemaSince({ commit }: Open, module: string, since?: number): ReturnType<Core['schema']> {
  const state = await commit.fresh();
  const isKnown = since !== undefined && since <= state.version && (state.touched.get(module) ?? 0) <= since;
  return { version: state.version, schema: isKnown ? null : moduleSchema(state.objects, module, state.version) };
}

async function dropExpired(open: Open): Promise<number> {
  const { commit, clock, options } = open;
  const state = await commit.fresh();
  const { changes, limit } = expiredChanges(state, clock());
  if (changes.length > 0) await applyChanges(open, { caller: SYSTEM, asked: { waitMs: 0 } }, changes);
  if (state.objects.some((object) => hasExpiredFormer(object, limit)))
    await applyPlan(open, { caller: SYSTEM, asked: { waitMs: 0 } }, (now, context) => planForgetting(now, limit, context));
  const kept = withoutExpired(state.standard, limit);
  const dropped = changedCount(state.standard) - changedCount(kept);
  if (dropped > 0) await takeStandard(commit, { standard: options.standard, now: clock().toISOString(), limit });
  return changes.length + dropped;
}

/** The platform acting for itself. */
const SYSTEM: Caller = Object.freeze({
  kind: 'service',
  actor: 'service:platform',
  name: 'Platform',
  roles: ['system'],
  teamIds: [],
  language: 'en',
  timeZone: 'UTC',
  permissions: {
    key: 'system',
    administrator: true,
    on: () => {
      throw new Error('The core does not read records as the system');
    },
  },
});

function requireAdministrator(caller: Caller): void {
  if (!caller.permissions.administrator) throw new Refusal('not_allowed', 'Only administrators change the metadata.');
}

function refuseStale(state: CoreState, ifVersion: ChangeOptions['ifVersion']): void {
  if (!ifVersion) return;
  const { object: target, version } = ifVersion;
  const found = isListTarget(target) ? state.lists.get(listNameOf(target)) : findObject(state, target);
  if (!found || found.version === version) return;
  throw new Refusal('stale_version', `${found.label.en} was changed meanwhile: it is at version ${found.version}, not ${version}.`, {
    current: JSON.stringify(found),
  });
}

/** Asks the owning services whether the rows fit; a change they cannot follow is refused with the rows in the way. */
async function askFits(fit: AskFit, plan: Plan): Promise<void> {
  for (const { module, mustFit, ...change } of plan.fits) {
    if (!mustFit) continue;
    const report = await fit(module, change);
    if (report.doNotFit === 0) continue;
    const samples = report.samples.slice(0, 3).map((row) => row.title);
    const shown = samples.length === 0 ? '' : `: ${samples.join(', ')}`;
    throw new Refusal(
      'data_does_not_fit',
      sentence(
        (of) => `${report.doNotFit} of ${report.affected} records do not fit the change of ${of(change.after)}${shown}.`,
        (of) => `${report.doNotFit} von ${report.affected} Datensätzen passen nicht zur Änderung von ${of(change.after)}${shown}.`,
      ),
      {
        extra: { rows: { affected: report.affected, doNotFit: report.doNotFit, samples: report.samples } },
      },
    );
  }
}

async function logOf(rows: readonly VersionRow[], state: CoreState, services: Services): Promise<readonly LogEntry[]> {
  const serving = new Map((await services.list()).map((one) => [one.module, one.version]));
  return rows.map((row) => {
    const isServed = row.owners.every((module) => (serving.get(module) ?? 0) >= row.version);
    const reason = notUndoable(row, state);
    return {
      row,
      state: isServed ? 'active' : 'pending',
      undoable: reason === null,
      ...(reason === null ? {} : { reason }),
    };
  });
}

function changedCount(objects: readonly ObjectDefinition[]): number {
  return objects.length + objects.reduce((sum, object) => sum + object.fields.length, 0);
}

type Taking = { readonly standard: StandardLayer; readonly now: string; readonly limit?: string };

/** Writes a version when the standard layer is not what was seen last. */
async function takeStandard(commit: ReturnType<typeof openCommit>, { standard, now, limit }: Taking): Promise<void> {
  await commit.writeStandard((seen) => {
    const whole = continued(standard.objects, seen, now);
    const next = limit === undefined ? whole : withoutExpired(whole, limit);
    const changed = changedObjects(next, seen);
    if (changed.length === 0 && next.length === seen.length) return null;
    return {
      standard: next,
      now,
      modulesOf: (objects) => modulesWith(objects, new Set(changed.map((object) => object.name))),
    };
  });
}
