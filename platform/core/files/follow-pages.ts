import { isDeepStrictEqual } from 'node:util';
import type { Grant, LayoutDefinition, ObjectDefinition, ViewDefinition } from '#platform/kernel/model.ts';
import { readGrant } from '#platform/metadata/definition-object.ts';
import { escapePointer, problem } from '#platform/metadata/definition-errors.ts';
import { readLayout } from '#platform/metadata/layout.ts';
import { readView } from '#platform/metadata/view.ts';
import { finder } from '../draft.ts';
import { sharedView, type Settings } from './customised-file.ts';
import { fileLayout, livingOf } from './file-layout.ts';
import { mayGo, note, type Following } from './target.ts';

/** The object with the layouts, views and rights that its file says, now that the fields of all objects are known. */
export function followPages(following: Following, object: ObjectDefinition, base: ObjectDefinition): ObjectDefinition {
  return {
    ...object,
    layouts: layoutsOf(following, object, base),
    views: viewsOf(following, object, base),
    access: accessOf(following, base),
  };
}

function layoutsOf(following: Following, object: ObjectDefinition, base: ObjectDefinition): readonly LayoutDefinition[] {
  const given = following.file.layouts ?? {};
  const named = new Set(base.layouts.map((layout) => layout.name));
  const standard = base.layouts.flatMap((layout) => {
    const value = given[layout.name];
    if (value === undefined) return [layout];
    return value === null ? [] : givenLayout(following, object, [layout.name, value]);
  });
  const own = Object.entries(given).flatMap(([name, value]) =>
    named.has(name) || value === null ? [] : givenLayout(following, object, [name, value]),
  );
  const left = drawnIn(following.current).filter(
    (layout) =>
      !named.has(layout.name) &&
      (given[layout.name] ?? null) === null &&
      !mayGo(following.target, 'layout', `${object.name}/layouts/${layout.name}`),
  );
  return inOrderOf(following.current?.layouts ?? [], [...standard, ...own, ...left]);
}

function drawnIn(object: ObjectDefinition | undefined): readonly LayoutDefinition[] {
  return (object?.layouts ?? []).filter((layout) => layout.generated !== true);
}

function givenLayout(
  following: Following,
  object: ObjectDefinition,
  [name, value]: readonly [string, Settings],
): readonly LayoutDefinition[] {
  const { target } = following;
  const now = drawnIn(following.current).find((layout) => layout.name === name);
  if (now && isDeepStrictEqual(fileLayout(now, livingOf([...target.draft.objects.values()])), value)) return [now];
  const { layout, problems } = readLayout(name, value, { object, find: finder(target.draft), language: 'en' });
  note(following, `/layouts/${escapePointer(name)}`, problems);
  return layout ? [layout] : [];
}

function viewsOf(following: Following, object: ObjectDefinition, base: ObjectDefinition): readonly ViewDefinition[] {
  const { file, current, target } = following;
  const given = new Map((file.views ?? []).map((view, position) => [view.id, givenView(following, object, { view, position })]));
  const removed = new Set(file.removedViews);
  const standard = base.views.flatMap((view) => (removed.has(view.id) ? [] : [given.get(view.id) ?? view]));
  const known = new Set(base.views.map((view) => view.id));
  const going = (current?.views ?? []).filter((view) => known.has(view.id) && removed.has(view.id));
  const keptStandard = going.filter((view) => !mayGo(target, 'view', `${object.name}/views/${view.name}`));
  const left = (current?.views ?? []).filter(
    (view) => !known.has(view.id) && !given.has(view.id) && !mayGo(target, 'view', `${object.name}/views/${view.name}`),
  );
  const own = [...given].flatMap(([id, view]) => (known.has(id) || !view ? [] : [view]));
  return inOrderOf(current?.views ?? [], [...standard, ...keptStandard, ...own, ...left]);
}

function givenView(
  following: Following,
  object: ObjectDefinition,
  { view, position }: { readonly view: Settings & { readonly id: string }; readonly position: number },
): ViewDefinition | undefined {
  const pointer = `/views/${position}`;
  const now = following.current?.views.find((one) => one.id === view.id);
  if (now && isDeepStrictEqual(sharedView(now), view)) return now;
  if (!view.id.startsWith(`${object.id}.`) || view.id.length === object.id.length + 1)
    note(following, pointer, [problem('/id', 'path', `The id of a view of this object begins with "${object.id}.".`)]);
  const { id, ...settings } = view;
  const read = readView(settings, { object, find: finder(following.target.draft), language: 'en' });
  note(following, pointer, read.problems);
  if (!read.view) return undefined;
  const { visibility } = read.view;
  if (visibility.kind === 'user')
    note(following, pointer, [problem('/visibility', 'visibility', 'A private view is not part of the metadata.')]);
  if (visibility.kind === 'role' && !following.target.draft.roles.has(visibility.role))
    note(following, pointer, [problem('/visibility/role', 'reference', noRole(visibility.role))]);
  return { ...read.view, id };
}

function accessOf(following: Following, base: ObjectDefinition): Readonly<Record<string, Grant>> {
  const grants: Record<string, Grant> = { ...base.access };
  for (const [role, value] of Object.entries(following.file.access ?? {})) {
    const pointer = `/access/${escapePointer(role)}`;
    if (role === 'administrator' || role === 'system')
      note(following, pointer, [problem('', 'role', 'The administrator always has everything.')]);
    const read = value === null ? { grant: undefined, problems: [] } : readGrant(value);
    note(following, pointer, read.problems);
    delete grants[role];
    if (read.grant) grants[role] = read.grant;
  }
  return grants;
}

/** What a role that is missing here means, and what to do. */
function noRole(role: string): string {
  return `There is no role "${role.slice(0, 60)}" here. Roles are records: make it first.`;
}

/** As things stood, with what is new at the end. */
function inOrderOf<T extends { readonly id: string }>(before: readonly { readonly id: string }[], now: readonly T[]): readonly T[] {
  const rank = new Map(before.map((one, position) => [one.id, position]));
  return now.toSorted((left, right) => (rank.get(left.id) ?? before.length) - (rank.get(right.id) ?? before.length));
}
