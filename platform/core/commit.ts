import type { Caller } from '#platform/kernel/caller.ts';
import { faultPoint } from '#platform/kernel/fault-point.ts';
import type { ObjectDefinition } from '#platform/kernel/model.ts';
import type { Transaction } from '#platform/data/database.ts';
import type { Store } from '#platform/data/store.ts';
import { drawn, consequencesOf, type Consequences, type Plan } from './plan.ts';
import { diff } from '#platform/metadata/diff.ts';
import { writeMetadataEvents } from './metadata-events.ts';
import { readState, stateOf, type CoreState } from './state.ts';
import {
  lastVersion,
  lockVersions,
  readStandardObjects,
  writeCustomisations,
  writeObjectVersions,
  writeStandardObjects,
  writeVersion,
  type ObjectPatches,
} from './version-rows.ts';

/** What is to be written: a plan made from the state under the lock, or one that needs rows first. */
export type CommitRequest = {
  readonly caller: Caller;
  readonly now: string;
  readonly plan?: (state: CoreState) => Plan;
  readonly load?: (transaction: Transaction) => Promise<(state: CoreState) => Plan>;
};

/** A version that is written, and the state it led to. */
export type Committed = {
  readonly version: number;
  readonly plan: Plan;
  readonly state: CoreState;
  readonly owners: readonly string[];
};

/** A standard layer to take over: its objects, and the modules whose schema that touches, before or after. */
export type StandardTaking = {
  readonly standard: readonly ObjectDefinition[];
  readonly now: string;
  readonly modulesOf: (objects: readonly ObjectDefinition[]) => ReadonlySet<string>;
};

/** The one way versions are written, and the state they lead to. */
export type Commit = {
  /** The state now: reread when another replica has written versions. */
  readonly fresh: () => Promise<CoreState>;
  readonly write: (request: CommitRequest) => Promise<Committed>;
  /** Takes over a standard layer when `decide`, given what was seen last, wants to. */
  readonly writeStandard: (decide: (seen: readonly ObjectDefinition[]) => StandardTaking | null) => Promise<void>;
};

/** Opens the writer of versions. Under one lock: the version, the customised layer, the events, in one transaction. */
export function openCommit(options: { readonly store: Pick<Store, 'database' | 'wake'>; readonly initial: CoreState }): Commit {
  const { store } = options;
  let current = options.initial;
  const adopt = (state: CoreState): CoreState => (current = state.version >= current.version ? state : current);
  const under = async (transaction: Transaction): Promise<CoreState> => {
    await lockVersions(transaction);
    return (await lastVersion(transaction)) === current.version ? current : readState(transaction);
  };
  const fresh = async (): Promise<CoreState> => {
    if ((await lastVersion({ query: store.database.read })) === current.version) return current;
    return adopt(
      await store.database.transaction(async (transaction) => {
        await lockVersions(transaction);
        return readState(transaction);
      }),
    );
  };
  const write = async (request: CommitRequest): Promise<Committed> => {
    const committed = await store.database.transaction(async (transaction) => {
      const state = await under(transaction);
      const make = request.plan ?? (await request.load?.(transaction));
      if (!make) throw new Error('A commit needs a plan');
      const written = await writePlan(transaction, { state, plan: make(state), request });
      await faultPoint('core.beforeCommit');
      return written;
    });
    await faultPoint('core.afterCommit');
    adopt(committed.state);
    store.wake();
    return committed;
  };
  const writeStandard: Commit['writeStandard'] = async (decide) => {
    const state = await store.database.transaction(async (transaction) => {
      const before = await under(transaction);
      const taking = decide(await readStandardObjects(transaction));
      return taking && writeTaking(transaction, before, taking);
    });
    if (!state) return;
    adopt(state);
    store.wake();
  };
  return Object.freeze({ fresh, write, writeStandard });
}

type Writing = { readonly state: CoreState; readonly plan: Plan; readonly request: CommitRequest };

async function writePlan(transaction: Transaction, { state, plan, request }: Writing): Promise<Committed> {
  const consequences = consequencesOf(state, plan);
  if (consequences.ids.length === 0) return { version: state.version, plan, state, owners: [] };
  const version = state.version + 1;
  const { ids: _ids, customisations: _customisations, ...logged } = consequences;
  await writeVersion(transaction, {
    version,
    at: request.now,
    actor: request.caller.actor,
    actorName: request.caller.name,
    conflicts: [],
    kind: plan.kind,
    summary: plan.summary,
    changes: plan.changes,
    ...logged,
    ...(plan.undoes === undefined ? {} : { undoes: plan.undoes }),
  });
  for (const [target, rows] of consequences.customisations)
    await writeCustomisations(
      transaction,
      target,
      rows.map((row) => ({ ...row, version })),
    );
  await writeObjectVersions(transaction, consequences.ids, version);
  await writeMetadataEvents(transaction, {
    version,
    actor: request.caller.actor,
    modules: consequences.modules,
    objects: consequences.objects,
    facts: plan.facts,
  });
  return { version, plan, state: nextState(state, consequences, version), owners: consequences.owners };
}

function nextState(state: CoreState, consequences: Consequences, version: number): CoreState {
  const versions = new Map(state.objects.map((object) => [object.id, object.version]));
  for (const id of consequences.ids) versions.set(id, version);
  const customisations = new Map([...state.customisations, ...consequences.customisations]);
  const touched = new Map([...state.touched, ...consequences.modules.map((module) => [module, version] as const)]);
  return stateOf({ version, standard: state.standard, customisations, versions, touched });
}

/** A new standard layer is a version too: with what it changed, the conflicts it met, and no way back but the files. */
async function writeTaking(transaction: Transaction, before: CoreState, { standard, now, modulesOf }: StandardTaking): Promise<CoreState> {
  const version = before.version + 1;
  const known = new Map(before.objects.map((object) => [object.id, object.version]));
  const draft = stateOf({
    version,
    standard,
    customisations: before.customisations,
    versions: known,
    touched: before.touched,
  });
  const ids = [...new Set([...before.byId.keys(), ...draft.byId.keys()])].filter(
    (id) => diff(drawn(before.byId.get(id)), drawn(draft.byId.get(id))).length > 0,
  );
  const patches = (from: CoreState, to: CoreState) =>
    ids.map((id): ObjectPatches => ({ object: id, patches: diff(drawn(from.byId.get(id)), drawn(to.byId.get(id))) }));
  const modules = [...new Set([...modulesOf(before.objects), ...modulesOf(draft.objects)])].sort();
  const objects = ids.flatMap((id) => draft.byId.get(id)?.name ?? before.byId.get(id)?.name ?? []).sort();
  const owners = [...new Set(ids.flatMap((id) => (draft.byId.get(id) ?? before.byId.get(id))?.module ?? []))].sort();
  const summary =
    before.version === 0
      ? { en: 'Installed', de: 'Installiert' }
      : { en: 'Standard metadata upgraded', de: 'Standard-Metadaten aktualisiert' };
  await writeVersion(transaction, {
    version,
    at: now,
    actor: 'service:platform',
    actorName: 'Platform',
    kind: 'standard',
    summary,
    changes: [],
    forward: before.version === 0 ? [] : patches(before, draft),
    inverse: [],
    objects,
    modules,
    owners,
    conflicts: draft.conflicts,
  });
  await writeStandardObjects(transaction, standard);
  await writeObjectVersions(transaction, ids, version);
  await writeMetadataEvents(transaction, { version, actor: 'service:platform', modules, objects, facts: [] });
  return readState(transaction);
}
