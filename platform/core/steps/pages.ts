import { sentence } from '#platform/kernel/sentence.ts';
import type { ObjectDefinition, ViewDefinition } from '#platform/kernel/model.ts';
import { problem, refuseProblems } from '#platform/metadata/definition-errors.ts';
import { readGrant } from '#platform/metadata/definition-object.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { BASIC_LAYOUTS } from '#platform/metadata/generated-layouts.ts';
import { readLayout } from '#platform/metadata/layout.ts';
import { withoutLayout } from '#platform/metadata/layout-rules.ts';
import { readView } from '#platform/metadata/view.ts';
import { cannot, finder, objectOf, put, putChecked, type Draft, type StepResult } from '../draft.ts';

const VIEWS_MAX = 200;
const LAYOUTS_MAX = 50;

/** Replaces a layout, or draws one that was generated until now. */
export function setLayout(draft: Draft, change: { readonly object: string; readonly layout: string; readonly value: unknown }): StepResult {
  const object = objectOf(draft, change.object);
  const before = object.layouts.find((layout) => layout.name === change.layout);
  if (!before && object.layouts.length >= LAYOUTS_MAX)
    throw cannot('limit_reached', {
      en: `An object has at most ${LAYOUTS_MAX} layouts.`,
      de: `Ein Objekt hat höchstens ${LAYOUTS_MAX} Ansichten.`,
    });
  const { layout, problems } = readLayout(change.layout, change.value, {
    object,
    find: finder(draft),
    language: draft.language,
    before,
  });
  refuseProblems(problems);
  if (!layout) throw new Error('A layout without problems is there');
  const named = before ? { ...layout, id: before.id } : layout;
  putChecked(
    draft,
    {
      ...object,
      layouts: before ? object.layouts.map((one) => (one.name === layout.name ? named : one)) : [...object.layouts, named],
    },
    '',
  );
  return {
    facts: [{ type: 'LayoutUpdated', object: object.name, layout: layout.name }],
    summary: sentence(
      (of) => `Layout ${layout.name} of ${of(object)} changed`,
      (of) => `Layout ${layout.name} von ${of(object)} geändert`,
    ),
    object: object.id,
  };
}

type NamedLayout = { readonly object: string; readonly layout: string };

/** Takes back what was made of a layout: the one the object came with returns, a basic one is generated, any other is gone with its rules. */
export function resetLayout(draft: Draft, change: NamedLayout): StepResult {
  const object = layoutOwner(draft, change);
  const delivered = draft.standard.get(object.id)?.layouts.find((layout) => layout.name === change.layout && layout.generated !== true);
  if (delivered)
    putChecked(draft, { ...object, layouts: object.layouts.map((layout) => (layout.name === change.layout ? delivered : layout)) }, '');
  else put(draft, withoutLayout(object, change.layout));
  return redrawn(object, change.layout, ['taken back', 'zurückgesetzt']);
}

/** Draws a basic layout anew from the fields, also where the object came with another one. */
export function generateLayout(draft: Draft, change: NamedLayout): StepResult {
  const object = layoutOwner(draft, change);
  if (!BASIC_LAYOUTS.some((name) => name === change.layout))
    throw cannot('not_found', `Only ${BASIC_LAYOUTS.join(', ')} are generated; "${change.layout}" is drawn by people.`);
  put(draft, { ...object, layouts: object.layouts.filter((layout) => layout.name !== change.layout) });
  return redrawn(object, change.layout, ['generated again', 'neu erzeugt']);
}

function layoutOwner(draft: Draft, change: NamedLayout): ObjectDefinition {
  const object = objectOf(draft, change.object);
  if (object.layouts.some((layout) => layout.name === change.layout)) return object;
  throw cannot('not_found', `${object.label.en} has no layout "${change.layout.slice(0, 80)}".`);
}

function redrawn(object: ObjectDefinition, layout: string, words: readonly [string, string]): StepResult {
  return {
    facts: [{ type: 'LayoutUpdated', object: object.name, layout }],
    summary: sentence(
      (of) => `Layout ${layout} of ${of(object)} ${words[0]}`,
      (of) => `Layout ${layout} von ${of(object)} ${words[1]}`,
    ),
    object: object.id,
  };
}

/** Adds a saved view, or replaces the one of that id or name. */
export function setView(draft: Draft, change: { readonly object: string; readonly view: unknown }): StepResult {
  const object = objectOf(draft, change.object);
  const before = isRecord(change.view) ? viewOf(object.views, change.view) : undefined;
  if (!before && object.views.length >= VIEWS_MAX)
    throw cannot('limit_reached', {
      en: `An object has at most ${VIEWS_MAX} saved views.`,
      de: `Ein Objekt hat höchstens ${VIEWS_MAX} gespeicherte Listen.`,
    });
  const { view, problems } = readView(change.view, { object, find: finder(draft), language: draft.language, before });
  refuseProblems(problems);
  if (!view) throw new Error('A view without problems is there');
  if (view.visibility.kind === 'user')
    refuseProblems([
      problem('/visibility', 'visibility', 'Private views are not part of the metadata; send it without the other changes.'),
    ]);
  if (view.visibility.kind === 'role' && !draft.roles.has(view.visibility.role))
    refuseProblems([problem('/visibility/role', 'reference', `There is no role "${view.visibility.role}".`)]);
  const placed = before ? view : { ...view, id: `${object.id}.${draft.newId()}` };
  putChecked(
    draft,
    {
      ...object,
      views: before ? object.views.map((one) => (one.id === before.id ? placed : one)) : [...object.views, placed],
    },
    '',
  );
  return {
    facts: [{ type: 'ViewUpdated', object: object.name }],
    summary: sentence(
      (of) => `View ${of(view)} of ${of(object)} saved`,
      (of) => `Ansicht ${of(view)} von ${of(object)} gespeichert`,
    ),
    object: object.id,
  };
}

function viewOf(views: readonly ViewDefinition[], given: { readonly [key: string]: unknown }): ViewDefinition | undefined {
  return (
    views.find((one) => one.id === given['id']) ?? (given['id'] === undefined ? views.find((one) => one.name === given['name']) : undefined)
  );
}

/** Takes a saved view away. */
export function removeView(draft: Draft, change: { readonly object: string; readonly view: string }): StepResult {
  const object = objectOf(draft, change.object);
  const view = object.views.find((one) => one.id === change.view || one.name === change.view);
  if (!view) throw cannot('not_found', `${object.label.en} has no view "${change.view}".`);
  put(draft, { ...object, views: object.views.filter((one) => one.id !== view.id) });
  return {
    facts: [{ type: 'ViewUpdated', object: object.name }],
    summary: sentence(
      (of) => `View ${of(view)} of ${of(object)} removed`,
      (of) => `Ansicht ${of(view)} von ${of(object)} entfernt`,
    ),
    object: object.id,
  };
}

/** Sets a role's rights on an object; null takes them all away. The administrator always has everything. */
export function setAccess(draft: Draft, change: { readonly object: string; readonly role: string; readonly grant: unknown }): StepResult {
  const object = objectOf(draft, change.object);
  if (change.role === 'administrator' || change.role === 'system')
    throw cannot('conflict', {
      en: 'The administrator always has everything.',
      de: 'Der Administrator darf immer alles.',
    });
  const read = change.grant === null ? { grant: undefined, problems: [] } : readGrant(change.grant);
  refuseProblems(read.problems);
  const { [change.role]: _former, ...others } = object.access;
  putChecked(draft, { ...object, access: read.grant ? { ...others, [change.role]: read.grant } : others }, '');
  return {
    facts: [{ type: 'AccessChanged', object: object.name }],
    summary: sentence(
      (of) => `Rights of role ${change.role} on ${of(object)} changed`,
      (of) => `Rechte der Rolle ${change.role} an ${of(object)} geändert`,
    ),
    object: object.id,
  };
}
