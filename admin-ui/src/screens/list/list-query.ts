import { apiName, type BusinessObject, type Field, type LayoutDefinition, type ViewDefinition } from '#admin-ui/src/api/metadata.ts';
import type { ListQuery } from '#admin-ui/src/api/records.ts';
import { titleFields } from '#admin-ui/src/api/titles.ts';
import { labelOf } from '#admin-ui/src/i18n/index.ts';
import { groupings, type Grouping } from './groupings.ts';
import { shownDisplay, type ShownDisplay } from './list-display.ts';
import { isNode, type FilterNode, type ListState } from './list-state.ts';

/** A list as it is shown: view and URL taken together. The URL's own words win over the view's. */
export type ShownList = {
  readonly columns: readonly Field[];
  readonly sort: string;
  readonly filter: FilterNode | undefined;
  /** How it is drawn; undefined is as a table. */
  readonly display?: ShownDisplay | undefined;
  /** What the rows of a table are in groups by, outermost first. */
  readonly groups: readonly Grouping[];
  /** The columns were chosen for cards: all of them stand there. */
  readonly hasCardLayout?: boolean;
};

/** Fields that a list can show as a column: rows of children are found on the record. */
export function listableFields(object: BusinessObject): readonly Field[] {
  return object.fields.filter((field) => field.type !== 'children' && field.name !== 'id');
}

const REFERRING: readonly string[] = ['lookup', 'user', 'manyToMany'];

/** The object without the references that lead to what the reader may not know of: a column of them would be empty. */
export function withoutDeadEnds(object: BusinessObject, objects: readonly BusinessObject[]): BusinessObject {
  const known = new Set(objects.map(({ name }) => name));
  const leadsOn = (field: Field): boolean =>
    !REFERRING.includes(field.type) || known.has(field.target ?? 'user') || field.name === object.titleField;
  return object.fields.every(leadsOn) ? object : { ...object, fields: object.fields.filter(leadsOn) };
}

/** The layouts of an object's table and of its cards. */
export type ListLayouts = { readonly list: LayoutDefinition | undefined; readonly kanban: LayoutDefinition | undefined };

/** Columns of a board are what stands on its cards: their own layout, unless the view is a board itself. */
export function shownList(object: BusinessObject, view: ViewDefinition | undefined, state: ListState, layouts: ListLayouts): ShownList {
  const byName = new Map(listableFields(object).map((field) => [field.name, field]));
  const byId = new Map(listableFields(object).map((field) => [field.id, field]));
  const display = state.deleted ? undefined : shownDisplay(object, state.display ?? view?.display);
  const cards = display?.kind === 'board' && view?.display === undefined ? layouts.kanban?.columns : undefined;
  const names = state.columns ?? (cards ? undefined : view?.columns);
  const ids = cards ?? layouts.list?.columns ?? [];
  const columns = names ? names.flatMap((name) => byName.get(name) ?? []) : ids.flatMap((id) => byId.get(id) ?? []);
  const ofView = isNode(view?.filter) ? view.filter : undefined;
  const shown = columns.length > 0 ? columns : listableFields(object).slice(0, 6);
  return {
    columns: state.deleted ? inBin(object, shown) : shown,
    sort: state.sort ?? view?.sort ?? (state.deleted ? '-updatedAt' : undefined) ?? object.defaultSort ?? '',
    filter: state.filter ?? ofView,
    display,
    groups: display || state.deleted ? [] : groupings(object, state.group ?? view?.group),
    hasCardLayout: cards !== undefined && names === undefined,
  };
}

/** In the recycle bin it counts when a record came there, which is the last thing that happened to it. */
function inBin(object: BusinessObject, columns: readonly Field[]): readonly Field[] {
  const at = object.fields.find((field) => field.name === 'updatedAt');
  if (!at) return columns;
  const [title, ...others] = columns.filter((field) => field !== at);
  return [...(title ? [title] : []), { ...at, label: labelOf('list.binAt') }, ...others];
}

/** What the record API is asked for. A reference brings its target's title along, an amount its currency. */
export function listQuery(
  object: BusinessObject,
  shown: Omit<ShownList, 'groups'>,
  options: { readonly state: ListState; readonly find: (name: string) => BusinessObject | undefined },
): ListQuery {
  const { state, find } = options;
  const fields = shown.columns.flatMap((field) => requested(object, field, find));
  const titles = titleFields(object).map((field) => field.name);
  const by = shown.display === undefined ? [] : ['version', apiName(shown.display.by)];
  const filter = shown.filter && Object.keys(shown.filter).length > 0 ? { filter: shown.filter } : {};
  return {
    fields: [...new Set(['id', ...titles, ...by, ...fields])].join(','),
    ...filter,
    ...(shown.sort === '' ? {} : { sort: shown.sort }),
    ...(state.q === undefined ? {} : { q: state.q }),
    ...(state.deleted ? { deleted: 'only' as const } : {}),
  };
}

function requested(object: BusinessObject, field: Field, find: (name: string) => BusinessObject | undefined): readonly string[] {
  if (field.type === 'lookup' || field.type === 'user') {
    const target = find(field.target ?? 'user');
    return target ? [apiName(field), `${field.name}.${target.titleField}`] : [apiName(field)];
  }
  if (field.type === 'manyToMany') {
    const target = find(field.target ?? '');
    return target ? [apiName(field), `${field.name}.id`, `${field.name}.${target.titleField}`] : [apiName(field)];
  }
  if (field.type === 'condition' && field.objectField !== undefined) return [field.name, field.objectField];
  const currency = field.type === 'money' ? (field.currencyField ?? 'currency') : undefined;
  return currency !== undefined && object.fields.some((one) => one.name === currency) ? [field.name, currency] : [field.name];
}

/** Types whose values have no order. */
const UNSORTED = 'json address multiSelect children longText richText markdown tags manyToMany polymorphic personName geoPoint'
  .concat(' file image color snapshot')
  .split(' ');

/** What a column sorts by; undefined where it cannot. References sort by their target's title. */
export function sortName(field: Field, find: (name: string) => BusinessObject | undefined): string | undefined {
  if (UNSORTED.includes(field.type)) return undefined;
  if (field.type !== 'lookup' && field.type !== 'user') return field.name;
  const target = find(field.target ?? 'user');
  return target ? `${field.name}.${target.titleField}` : undefined;
}
