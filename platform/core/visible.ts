import { writtenGroup } from '#platform/kernel/grouping.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { isAlwaysRequired, withConditions } from '#platform/kernel/conditions/field-rules.ts';
import { namesIn } from '#platform/kernel/conditions/names.ts';
import type { StorageKind } from '#platform/kernel/field-types/field-type.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition, LayoutDefinition, LayoutRule, ObjectDefinition, ViewDefinition } from '#platform/kernel/model.ts';
import type { ObjectPermissions } from '#platform/kernel/permissions.ts';
import { isMovedByCommands } from '#platform/kernel/status-field.ts';
import { keptInLayout, withoutEmptySections } from '#platform/metadata/layout-fields.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { isMeantFor } from '#platform/metadata/view.ts';
import type { CoreState } from './state.ts';

/** A field as one caller may know it, and how its values are stored: what conditions on it go by. */
export type VisibleField = FieldDefinition & { readonly editable: boolean; readonly storage: StorageKind };

/** An object as one caller may know it: what it is, and what the caller may do with it. */
export type VisibleObject = Omit<ObjectDefinition, 'fields'> & {
  readonly fields: readonly VisibleField[];
  readonly permissions: Pick<ObjectPermissions, 'read' | 'create' | 'edit' | 'delete' | 'purge'> & {
    readonly commands: true | readonly string[];
  };
};

/** How much is shown: retired fields are for administrators who ask. */
export type Showing = { readonly caller: Caller; readonly state: CoreState; readonly retired?: boolean };

/** The object as the caller may know it; null when they may not know of it. Rows of a parent follow the parent's rights. */
export function visibleObject(object: ObjectDefinition, showing: Showing): VisibleObject | null {
  const { caller } = showing;
  const isAdministrator = caller.permissions.administrator;
  const showsRetired = showing.retired === true && isAdministrator;
  if (object.state === 'retired' && !showsRetired) return null;
  const permissions = permissionsOn(object, showing);
  if (!permissions.read) return null;
  const fields = object.fields.filter((field) => (field.state !== 'retired' || showsRetired) && permissions.mayRead(field));
  const shown = new Set(fields.filter((field) => field.state !== 'retired').map((field) => field.id));
  const names = new Set(fields.flatMap((field) => [field.name, apiNameOf(field), ...(field.aliases ?? [])]));
  const mayShow = (id: string): boolean => shown.has(id) || mayReadFieldOfAnother(object, id, showing);
  return {
    ...object,
    ...(object.uniqueTogether ? { uniqueTogether: object.uniqueTogether.filter((rule) => rule.every((name) => names.has(name))) } : {}),
    access: isAdministrator ? object.access : {},
    fields: fields.map((field) => visibleField(field, { object, permissions, isAdministrator, names })),
    ...visibleLayouts(object, { caller, names }, (layout) => visibleLayout(layout, mayShow)),
    views: object.views.filter((view) => isMeantFor(view, caller)).flatMap((view) => visibleView(view, names)),
    permissions: {
      read: permissions.read,
      create: permissions.create && isMadeByPeople(object),
      edit: permissions.edit,
      delete: permissions.delete,
      purge: permissions.purge,
      commands: permissions.commands === true ? true : [...permissions.commands],
    },
  };
}

/**
 * What has a required field that only the platform fills is made by the platform, such as the stock of a product; so is what has fields, and
 * none that anybody could fill, such as a message.
 */
function isMadeByPeople(object: ObjectDefinition): boolean {
  const own = object.fields.filter(({ system, state, type }) => system !== true && state !== 'retired' && type !== 'status');
  return !own.some((field) => isAlwaysRequired(field) && field.readOnly === true) && !(own.length > 0 && own.every(isReadOnly));
}

function isReadOnly({ readOnly }: FieldDefinition): boolean {
  return readOnly === true;
}

function permissionsOn(object: ObjectDefinition, { caller, state }: Showing): ObjectPermissions {
  const parent =
    object.parent === undefined ? undefined : state.objects.find((one) => one.name === object.parent && one.state === 'active');
  return caller.permissions.on(parent ?? object);
}

/** Whether the caller may read a field, by id, of an object that this one's layouts show related records or rows of. */
function mayReadFieldOfAnother(object: ObjectDefinition, id: string, showing: Showing): boolean {
  const owner = ownersOf(showing.state).get(id);
  const field = owner?.fields.find((one) => one.id === id);
  if (!owner || owner.id === object.id || field === undefined || field.state === 'retired') return false;
  return permissionsOn(owner, showing).mayRead(field);
}

const owners = new WeakMap<CoreState, ReadonlyMap<string, ObjectDefinition>>();

/** The objects in use by the ids of their fields. */
function ownersOf(state: CoreState): ReadonlyMap<string, ObjectDefinition> {
  const active = (): readonly ObjectDefinition[] => state.objects.filter((one) => one.state === 'active');
  const known = owners.get(state) ?? new Map(active().flatMap((object) => object.fields.map(({ id }) => [id, object] as const)));
  owners.set(state, known);
  return known;
}

type Eyes = {
  readonly object: ObjectDefinition;
  readonly permissions: ObjectPermissions;
  readonly isAdministrator: boolean;
  readonly names: ReadonlySet<string>;
};

function visibleField(field: FieldDefinition, { object, permissions, isAdministrator, names }: Eyes): VisibleField {
  const { access, ...rest } = withKnownConditions(field, names);
  const isOpen = field.readOnly !== true && !isMovedByCommands(object, field);
  const editable = isOpen && field.state !== 'retired' && permissions.mayEdit(field);
  return { ...rest, ...(access && isAdministrator ? { access } : {}), editable, storage: fieldType(field.type).storage };
}

/** The field without conditions on what the caller may not read; the server holds to them all the same. */
function withKnownConditions(field: FieldDefinition, names: ReadonlySet<string>): FieldDefinition {
  return withConditions(field, (condition) => ([...namesIn(condition)].every((name) => names.has(name)) ? condition : undefined));
}

/**
 * The layouts that the caller may come to see, and the rules by which. An administrator, who draws them, has all. Others have those for
 * their roles; a rule that asks about what they may not read is none of theirs.
 */
function visibleLayouts(
  object: ObjectDefinition,
  { caller, names }: { readonly caller: Caller; readonly names: ReadonlySet<string> },
  show: (layout: LayoutDefinition) => LayoutDefinition,
): Pick<ObjectDefinition, 'layouts' | 'layoutRules'> {
  const { layouts, layoutRules = [] } = object;
  if (caller.permissions.administrator) return { layouts: layouts.map(show) };
  const isTheirs = ({ roles, when }: LayoutRule): boolean =>
    (roles === undefined || roles.some((role) => caller.roles.includes(role))) && [...namesIn(when)].every((name) => names.has(name));
  const rules = layoutRules.filter(isTheirs);
  return {
    layouts: layouts.filter(({ name, page }) => page === undefined || rules.some((rule) => rule.layout === name)).map(show),
    ...(object.layoutRules ? { layoutRules: rules.map(({ roles: _roles, ...rule }) => rule) } : {}),
  };
}

/** Items of fields that the caller may not see, or that are retired, are left out; so are sections that come out empty. */
function visibleLayout(layout: LayoutDefinition, mayShow: (field: string) => boolean): LayoutDefinition {
  return withoutEmptySections(keptInLayout(layout, mayShow));
}

/** A view that filters by what the caller may not read is not theirs; columns they may not read are left out. */
function visibleView(view: ViewDefinition, names: ReadonlySet<string>): readonly ViewDefinition[] {
  const isKnown = (path: string) => names.has(path.trim().replace(/^-/, '').split('.')[0] ?? '');
  if (![...namesIn(view.filter)].every(isKnown)) return [];
  const sort = view.sort?.split(',').filter(isKnown).join(',');
  const groups = view.group
    ?.split(',')
    .filter((level) => isKnown(writtenGroup(level).field))
    .join(',');
  const { sort: _sort, group: _group, display, ...rest } = view;
  return [
    {
      ...rest,
      ...(view.columns ? { columns: view.columns.filter(isKnown) } : {}),
      ...(sort ? { sort } : {}),
      ...(display && isKnown(display.by) ? { display } : {}),
      ...(groups ? { group: groups } : {}),
    },
  ];
}
