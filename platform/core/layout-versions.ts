import { isDeepStrictEqual } from 'node:util';
import type { LayoutDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { applyPatches } from '#platform/metadata/diff.ts';
import { BASIC_LAYOUTS, generateLayout } from '#platform/metadata/generated-layouts.ts';
import { fromJson } from '#platform/metadata/overlay.ts';
import { drawn } from './plan.ts';
import type { VersionRow } from './version-rows.ts';

/** What a layout was from one version of the metadata on. `row` is absent on what it was before all that is known. */
export type LayoutVersion = { readonly row?: VersionRow; readonly layout: LayoutDefinition };

type Asked = { readonly name: string; readonly all: readonly ObjectDefinition[]; readonly rows: readonly VersionRow[] };

/**
 * The versions of a layout, newest first: what it is now, and by the steps back of the rows that changed its object, what it was before.
 * An upgrade of the standard has no steps back; where one drew the layout, its history begins. A layout that was generated then is shown as
 * it would be generated now.
 */
export function layoutVersions(object: ObjectDefinition, { name, all, rows }: Asked): readonly LayoutVersion[] {
  const id = object.layouts.find((layout) => layout.name === name)?.id ?? `${object.id}.${name}`;
  const shown = (of: ObjectDefinition | undefined): LayoutDefinition | undefined => {
    const found = of?.layouts.find((layout) => layout.id === id);
    const basic = BASIC_LAYOUTS.find((one) => one === name);
    return found ?? (of && basic && generateLayout(basic, object, all));
  };
  const versions: LayoutVersion[] = [];
  const add = (layout: LayoutDefinition | undefined, row?: VersionRow): void => {
    if (layout) versions.push(row ? { row, layout } : { layout });
  };
  let at: ObjectDefinition | undefined = fromJson(drawn(object) ?? null);
  for (const row of rows) {
    const after = shown(at);
    if (row.kind === 'standard') {
      if (!drewIt(row, object.id, id)) continue;
      add(after, row);
      return versions;
    }
    const before = undone(at, row, object.id);
    if (!isDeepStrictEqual(after, shown(before))) add(after, row);
    at = before;
    if (!at) return versions;
  }
  add(shown(at));
  return versions;
}

function undone(at: ObjectDefinition, row: VersionRow, object: string): ObjectDefinition | undefined {
  const patches = row.inverse.filter((one) => one.object === object).flatMap((one) => one.patches);
  const { value } = applyPatches(drawn(at), patches);
  return value === undefined ? undefined : fromJson(value);
}

function drewIt(row: VersionRow, object: string, layout: string): boolean {
  const paths = row.forward.filter((one) => one.object === object).flatMap((one) => one.patches.map((patch) => patch.path));
  return paths.some((path) => path === '' || path === '/layouts' || path.startsWith(`/layouts/${layout}`));
}
