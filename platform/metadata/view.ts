import { fieldType } from '#platform/kernel/field-types/index.ts';
import { GROUP_LEVELS_MAX, GROUP_UNITS, groupLevels, groupText, groupUnit, type WrittenGroup } from '#platform/kernel/grouping.ts';
import { isList } from '#platform/kernel/json.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { FieldDefinition, Json, ObjectDefinition, ViewDefinition } from '#platform/kernel/model.ts';
import { DISPLAYED_BY, displayKind, movingCommand } from '#platform/kernel/view-display.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import { problem, under, type Problem } from './definition-errors.ts';
import { labelFromName, readLabel, type Language } from './label.ts';
import { findField, unknownField, type FindObject } from './layout.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { unstorable } from './text-check.ts';

/** How an incoming view is read. `before` is the view that a change starts from. */
export type ViewContext = {
  readonly object: ObjectDefinition;
  readonly find: FindObject;
  readonly language: Language;
  readonly before?: ViewDefinition | undefined;
};

const VIEW_NAME = /^[a-z][A-Za-z0-9_-]{0,60}$/;
const SETTINGS = ['id', 'name', 'label', 'columns', 'sort', 'filter', 'display', 'group', 'visibility'];
const FILTER_BYTES_MAX = 20_000;

/** Reads a saved list view; its fields are in API words, dotted paths through references included. */
export function readView(input: unknown, context: ViewContext): { view?: ViewDefinition; problems: readonly Problem[] } {
  if (!isRecord(input)) return { problems: [problem('', 'type', 'A view has a name, a label and columns, sort or filter.')] };
  const extra = Object.keys(input).find((key) => !SETTINGS.includes(key));
  if (extra !== undefined) return { problems: [problem(`/${extra}`, 'unknown', `There is no setting "${extra}" here.`)] };
  const { object, before } = context;
  const name = input['name'] ?? before?.name;
  if (typeof name !== 'string' || !VIEW_NAME.test(name))
    return {
      problems: [problem('/name', 'name', 'The name begins with a small letter; letters, digits and hyphens follow.')],
    };
  const label = readLabel(input['label'] ?? before?.label ?? labelFromName(name), {
    language: context.language,
    before: before?.label,
    pointer: '/label',
    maxLength: 120,
  });
  const { view, problems } = readContent({ ...before, ...input }, context);
  const all = [...label.problems, ...problems];
  if (all.length > 0 || !label.label) return { problems: all };
  return { view: { id: before?.id ?? `${object.id}.${name}`, name, label: label.label, ...view }, problems: [] };
}

type Content = Pick<ViewDefinition, 'columns' | 'sort' | 'filter' | 'display' | 'group' | 'visibility'>;

function readContent(given: { readonly [key: string]: unknown }, context: ViewContext): { view: Content; problems: readonly Problem[] } {
  const columns = given['columns'] ?? undefined;
  const sort = given['sort'] ?? undefined;
  const filter = given['filter'] ?? undefined;
  const display = given['display'] ?? undefined;
  const group = given['group'] ?? undefined;
  const visibility = readVisibility(given['visibility']);
  const problems = [
    ...(columns === undefined ? [] : columnsProblems(columns, context)),
    ...(sort === undefined ? [] : sortProblems(sort, context)),
    ...(filter === undefined ? [] : under('/filter', filterProblems(filter, context))),
    ...(display === undefined ? [] : under('/display', displayProblems(display, context.object))),
    ...(group === undefined ? [] : groupProblems(group, context.object)),
    ...(visibility
      ? []
      : [
          problem('/visibility', 'enum', 'A view is visible to {"kind":"everyone"}, {"kind":"role","role":…} or {"kind":"user","user":…}.'),
        ]),
  ];
  return {
    view: trusted<Content>({
      ...(columns === undefined ? {} : { columns }),
      ...(sort === undefined ? {} : { sort }),
      ...(filter === undefined ? {} : { filter }),
      ...(display === undefined ? {} : { display }),
      ...(group === undefined ? {} : { group }),
      visibility: visibility ?? { kind: 'everyone' },
    }),
    problems,
  };
}

function readVisibility(value: unknown): ViewDefinition['visibility'] | undefined {
  if (value === undefined || value === null) return { kind: 'everyone' };
  if (!isRecord(value)) return undefined;
  if (value['kind'] === 'everyone') return { kind: 'everyone' };
  if (value['kind'] === 'role' && typeof value['role'] === 'string') return { kind: 'role', role: value['role'] };
  return value['kind'] === 'user' && typeof value['user'] === 'string' ? { kind: 'user', user: value['user'] } : undefined;
}

/** What is wrong with how a view is drawn: it is by a living field of a type that has columns, or days. */
export function displayProblems(display: unknown, object: ObjectDefinition): readonly Problem[] {
  const kind = isRecord(display) ? displayKind(display['kind']) : undefined;
  if (!isRecord(display) || kind === undefined || typeof display['by'] !== 'string' || Object.keys(display).length > 2)
    return [problem('', 'type', 'A view is drawn as a table, or as {"kind":"board","by":"status"} or {"kind":"calendar","by":"date"}.')];
  const field = findField(object, display['by']);
  if (!field) return [{ ...unknownField(object, display['by']), pointer: '/by' }];
  const types: readonly string[] = DISPLAYED_BY[kind];
  const isPossible = types.includes(field.type) || (kind === 'board' && movingCommand(object, field) !== undefined);
  return isPossible ? [] : [problem('/by', 'type', `A ${kind} is by a field of the type ${types.join(' or ')}.`)];
}

/** What is wrong with what a view groups by: fields of the object's own of types that have groups, days and instants by a part of the calendar. */
export function groupProblems(group: unknown, object: ObjectDefinition): readonly Problem[] {
  if (typeof group !== 'string') return [problem('/group', 'type', 'Groups are a text such as "status" or "status,date:month".')];
  const levels = groupLevels(group);
  if (levels.length > GROUP_LEVELS_MAX) return [problem('/group', 'size', `A table is in groups by at most ${GROUP_LEVELS_MAX} fields.`)];
  if (new Set(levels.map(groupText)).size < levels.length)
    return [problem('/group', 'duplicate', 'A table is in groups by something once.')];
  return levels.flatMap((level) => levelProblems(level, object));
}

function levelProblems({ field: name, unit }: WrittenGroup, object: ObjectDefinition): readonly Problem[] {
  const field = findField(object, name);
  if (!field) return [{ ...unknownField(object, name), pointer: '/group' }];
  const label = field.label.en;
  const type = fieldType(field.type);
  if (!type.groupable) return [problem('/group', 'type', `Records cannot be grouped by ${label}.`)];
  if (unit === undefined) return [];
  if (type.storage !== 'date' && type.storage !== 'timestamp')
    return [problem('/group', 'type', `${label} is neither a day nor an instant: it makes no groups by a part of the calendar.`)];
  return groupUnit(unit) ? [] : [problem('/group', 'unit', `${label} makes groups by ${GROUP_UNITS.join(', ')}.`)];
}

function columnsProblems(columns: unknown, context: ViewContext): readonly Problem[] {
  if (!Array.isArray(columns) || columns.length > 100)
    return [problem('/columns', 'type', 'Columns are a list of at most 100 field names.')];
  return columns.flatMap((name, position) => pathProblems(name, `/columns/${position}`, context));
}

function sortProblems(sort: unknown, context: ViewContext): readonly Problem[] {
  if (typeof sort !== 'string') return [problem('/sort', 'type', 'Sort is a text such as "-createdAt,number".')];
  return sort.split(',').flatMap((part) => pathProblems(part.trim().replace(/^-/, ''), '/sort', context));
}

/** The first unknown name in a filter, in `and`, `or`, `not` and through references. Operators are the record API's to check. */
function filterProblems(filter: unknown, context: ViewContext, depth = 0): readonly Problem[] {
  if (!isRecord(filter)) return [problem('', 'type', 'A filter is an object such as {"status":{"eq":"open"}}.')];
  if (depth > 10) return [problem('', 'depth', 'The filter is nested too deep.')];
  if (depth === 0 && (unstorable(filter) !== null || JSON.stringify(filter).length > FILTER_BYTES_MAX))
    return [problem('', 'size', 'The filter is too large or has characters that cannot be stored.')];
  return Object.entries(filter).flatMap(([name, value]) => {
    if (name === 'and' || name === 'or')
      return Array.isArray(value)
        ? value.flatMap((part) => filterProblems(part, context, depth + 1))
        : [problem(`/${name}`, 'type', `"${name}" takes a list.`)];
    return name === 'not' ? filterProblems(value, context, depth + 1) : pathProblems(name, '', context);
  });
}

function pathProblems(path: unknown, pointer: string, context: ViewContext): readonly Problem[] {
  const wrong = pathProblem(path, context.object, context.find);
  return wrong === null ? [] : [{ ...wrong, pointer }];
}

/** What is wrong with a dotted path of field names that starts at an object; null when every step is there. */
export function pathProblem(path: unknown, object: ObjectDefinition, find: FindObject): Problem | null {
  let at: ObjectDefinition | undefined = object;
  for (const name of String(path).split('.')) {
    const field: FieldDefinition | undefined = at === undefined ? undefined : findField(at, name);
    if (!field) return unknownField(at ?? object, name);
    const next: string | undefined = field.target ?? field.child;
    at = next === undefined ? undefined : find(next);
  }
  return null;
}

/** Whether a view is meant for the caller. Administrators see all shared ones. */
export function isMeantFor({ visibility }: ViewDefinition, caller: Caller): boolean {
  if (visibility.kind === 'everyone') return true;
  if (visibility.kind === 'user') return visibility.user === caller.userId;
  return caller.permissions.administrator || caller.roles.includes(visibility.role);
}

/** A view in which a field goes by its new name: columns, sort and filter are in API words. */
export function renamedInView(view: ViewDefinition, names: ReadonlyMap<string, string>): ViewDefinition {
  const path = (written: string) => [...rename(written.split('.'), names)].join('.');
  return {
    ...view,
    ...(view.columns ? { columns: view.columns.map(path) } : {}),
    ...(view.sort === undefined ? {} : { sort: renamedInSort(view.sort, names) }),
    ...(view.filter === undefined ? {} : { filter: renamedInFilter(view.filter, path) }),
    ...(view.display === undefined ? {} : { display: { ...view.display, by: path(view.display.by) } }),
    ...(view.group === undefined ? {} : { group: renamedInGroups(view.group, path) }),
  };
}

function renamedInGroups(group: string, path: (written: string) => string): string {
  const levels = groupLevels(group).map((level) => groupText({ ...level, field: path(level.field) }));
  return levels.join(',');
}

/** A sort such as `-createdAt,number` in which fields go by their new names. */
export function renamedInSort(sort: string, names: ReadonlyMap<string, string>): string {
  return sort
    .split(',')
    .map((part) => {
      const isDescending = part.trim().startsWith('-');
      const path = rename(part.trim().replace(/^-/, '').split('.'), names).join('.');
      return isDescending ? `-${path}` : path;
    })
    .join(',');
}

function rename(path: readonly string[], names: ReadonlyMap<string, string>): readonly string[] {
  const [first = '', ...rest] = path;
  return [names.get(first) ?? first, ...rest];
}

/** A filter in which fields go by their new names; `path` renames one. */
export function renamedInFilter(filter: Json, path: (written: string) => string): Json {
  if (!isRecord(filter)) return filter;
  const entries = Object.entries(filter).map(([name, value]) => {
    if (name === 'and' || name === 'or')
      return [name, isList(value) ? value.map((part) => renamedInFilter(trusted<Json>(part), path)) : value];
    return name === 'not' ? [name, renamedInFilter(trusted<Json>(value), path)] : [path(name), value];
  });
  return trusted<Json>(Object.fromEntries(entries));
}
