import type { ObjectDefinition, OptionList } from '#platform/kernel/model.ts';
import { deepFreeze } from '#platform/metadata/freeze.ts';
import { listTarget } from '#platform/metadata/option-lists.ts';
import { overlay, type Conflict, type Customisation } from '#platform/metadata/overlay.ts';
import { lastVersion, readCustomisations, readObjectVersions, readStandardObjects, readTouched, type Reader } from './version-rows.ts';

/** The effective metadata as of one version, in memory. Immutable; each version makes a new one. */
export type CoreState = {
  readonly version: number;
  /** Effective objects of all modules, each with the version that touched it last. */
  readonly objects: readonly ObjectDefinition[];
  readonly byId: ReadonlyMap<string, ObjectDefinition>;
  /** Option lists by name. */
  readonly lists: ReadonlyMap<string, OptionList>;
  /** The standard layer: the files, and retired what left them. */
  readonly standard: readonly ObjectDefinition[];
  readonly customisations: ReadonlyMap<string, readonly Customisation[]>;
  readonly conflicts: readonly Conflict[];
  /** The last version that touched the schema of each module. */
  readonly touched: ReadonlyMap<string, number>;
};

/** What a state is made of. */
export type StateParts = Omit<CoreState, 'byId' | 'conflicts' | 'lists' | 'objects'> & {
  readonly versions: ReadonlyMap<string, number>;
};

/** Reads all that is stored, in one transaction. */
export async function readState(reader: Reader): Promise<CoreState> {
  const version = await lastVersion(reader);
  const standard = await readStandardObjects(reader);
  const customisations = Map.groupBy(await readCustomisations(reader), (one) => one.target);
  const versions = await readObjectVersions(reader);
  return stateOf({ version, standard, customisations, versions, touched: await readTouched(reader) });
}

/** Effective = standard + customised, stamped with versions. */
export function stateOf(parts: StateParts): CoreState {
  const { objects, lists, conflicts } = overlay(parts.standard, [...parts.customisations.values()].flat());
  const stamped = deepFreeze(objects.map((object) => ({ ...object, version: parts.versions.get(object.id) ?? parts.version })));
  const { versions: _versions, ...rest } = parts;
  return Object.freeze({
    ...rest,
    objects: stamped,
    byId: new Map(stamped.map((object) => [object.id, object])),
    lists: new Map([...lists].map(([name, list]) => [name, { ...list, version: parts.versions.get(listTarget(name)) ?? parts.version }])),
    conflicts,
  });
}

/** The object of that name (or id) that is in use, else a retired one. */
export function findObject(state: CoreState, named: string): ObjectDefinition | undefined {
  return (
    state.objects.find((object) => object.name === named && object.state === 'active') ??
    state.byId.get(named) ??
    state.objects.find((object) => object.name === named)
  );
}
