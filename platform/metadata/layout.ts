import { isRecord } from '#platform/kernel/is-record.ts';
import type { FieldDefinition, LayoutDefinition, LayoutItem, LayoutSection, ObjectDefinition } from '#platform/kernel/model.ts';
import { nearest } from '#platform/kernel/nearest.ts';
import { problem, under, type Problem } from './definition-errors.ts';
import { readLabel, type Language } from './label.ts';
import { apiNameOf } from './schema-index.ts';

/** All objects by name: where references of a layout are looked up. */
export type FindObject = (name: string) => ObjectDefinition | undefined;

/** How an incoming layout is read: which object it is of, and where others are found. */
export type LayoutContext = {
  readonly object: ObjectDefinition;
  readonly find: FindObject;
  readonly language: Language;
  readonly before?: LayoutDefinition | undefined;
};

const LIMITS = { sections: 50, items: 300, columns: 100 } as const;
const LAYOUT_NAME = /^[a-z][A-Za-z0-9]{0,40}$/;

/** Reads a layout whose fields are given by id or name; what comes back names them by id. */
export function readLayout(
  name: string,
  input: unknown,
  context: LayoutContext,
): { layout?: LayoutDefinition; problems: readonly Problem[] } {
  if (!LAYOUT_NAME.test(name)) return { problems: [problem('', 'name', `"${name}" cannot be the name of a layout.`)] };
  if (!isRecord(input)) return { problems: [problem('', 'type', 'A layout is {"sections": […]} or {"columns": […]}.')] };
  const extra = Object.keys(input).find((key) => !['sections', 'columns', 'id', 'name', 'generated'].includes(key));
  if (extra !== undefined)
    return {
      problems: [problem(`/${extra}`, 'unknown', `There is no setting "${extra}" here; a layout has sections or columns.`)],
    };
  const id = `${context.object.id}.${name}`;
  if (Array.isArray(input['sections'])) {
    const { sections, problems } = readSections(input['sections'], context);
    return problems.length > 0 ? { problems } : { layout: { id, name, sections }, problems };
  }
  if (!Array.isArray(input['columns']))
    return { problems: [problem('', 'required', 'A layout needs sections (a page) or columns (a list).')] };
  const { ids, problems } = readColumns(input['columns'], context.object, '/columns');
  return problems.length > 0 ? { problems } : { layout: { id, name, columns: ids }, problems };
}

function readSections(
  input: readonly unknown[],
  context: LayoutContext,
): { sections: readonly LayoutSection[]; problems: readonly Problem[] } {
  if (input.length > LIMITS.sections)
    return {
      sections: [],
      problems: [problem('/sections', 'maxItems', `A layout has at most ${LIMITS.sections} sections.`)],
    };
  const read = input.map((section, position) => readSection(section, position, context));
  const sections = read.flatMap((one) => (one.section ? [one.section] : []));
  const problems = read.flatMap((one, position) => under(`/sections/${position}`, one.problems));
  const items = sections.flatMap((section) => section.items);
  const limit = items.length > LIMITS.items ? [problem('/sections', 'maxItems', `A layout has at most ${LIMITS.items} items.`)] : [];
  return { sections, problems: [...problems, ...limit, ...twice(sections)] };
}

function twice(sections: readonly LayoutSection[]): readonly Problem[] {
  const seen = new Set<string>();
  return sections.flatMap((section, position) => {
    const keys = [`section ${section.id}`, ...section.items.map(itemKey)];
    return keys.flatMap((key, item) => {
      if (!seen.has(key)) return seen.add(key) && [];
      return [
        problem(
          item === 0 ? `/sections/${position}/id` : `/sections/${position}/items/${item - 1}`,
          'duplicate',
          `This stands in the layout twice (${key}).`,
        ),
      ];
    });
  });
}

/** What tells one item of a layout from another. */
function itemKey(item: LayoutItem): string {
  if (item.kind === 'history') return 'history';
  return item.kind === 'related' ? `related ${item.object}.${item.field}` : item.field;
}

function readSection(input: unknown, position: number, context: LayoutContext): { section?: LayoutSection; problems: readonly Problem[] } {
  if (!isRecord(input) || !Array.isArray(input['items']))
    return { problems: [problem('', 'type', 'A section has an id, a label and items.')] };
  const extra = Object.keys(input).find((key) => !['id', 'label', 'columns', 'tab', 'items'].includes(key));
  if (extra !== undefined) return { problems: [problem(`/${extra}`, 'unknown', `There is no setting "${extra}" here.`)] };
  const id = input['id'] ?? `section${position + 1}`;
  if (typeof id !== 'string' || id.length === 0 || id.length > 60)
    return { problems: [problem('/id', 'type', 'The id of a section is a short text.')] };
  const before = context.before?.sections?.find((section) => section.id === id)?.label;
  const label =
    input['label'] === undefined || input['label'] === null
      ? undefined
      : readLabel(input['label'], { language: context.language, before, pointer: '/label', maxLength: 120 });
  const columns = columnCount(input['columns'] ?? 2);
  const read = input['items'].map((item) => readItem(item, context));
  const problems = [
    ...(label?.problems ?? []),
    ...(columns === undefined ? [problem('/columns', 'enum', 'A section has 1, 2, 3 or 4 columns.')] : []),
    ...read.flatMap((one, index) => under(`/items/${index}`, one.problems)),
  ];
  const items = read.flatMap((one) => (one.item ? [one.item] : []));
  const tab = typeof input['tab'] === 'string' ? { tab: input['tab'].slice(0, 60) } : {};
  return {
    section: { id, ...(label?.label ? { label: label.label } : {}), columns: columns ?? 2, ...tab, items },
    problems,
  };
}

function columnCount(value: unknown): 1 | 2 | 3 | 4 | undefined {
  return ([1, 2, 3, 4] as const).find((count) => count === value);
}

function readItem(input: unknown, context: LayoutContext): { item?: LayoutItem; problems: readonly Problem[] } {
  const given: { readonly [key: string]: unknown } =
    typeof input === 'string' ? { kind: 'field', field: input } : isRecord(input) ? { kind: 'field', ...input } : {};
  if (given['kind'] === 'history') return { item: { kind: 'history' }, problems: [] };
  if (given['kind'] === 'related') return readRelated(given, context);
  const field = findField(context.object, given['field']);
  if (!field) return { problems: [unknownField(context.object, given['field'])] };
  if (field.type === 'children') return readChildrenItem(field, given['columns'], context);
  if (given['kind'] !== 'field')
    return { problems: [problem('/kind', 'enum', 'The kind of an item is field, children, related or history.')] };
  const span = columnCount(given['span']);
  return { item: { kind: 'field', field: field.id, ...(span === undefined ? {} : { span }) }, problems: [] };
}

function readChildrenItem(
  field: FieldDefinition,
  columns: unknown,
  context: LayoutContext,
): { item?: LayoutItem; problems: readonly Problem[] } {
  const child = field.child === undefined ? undefined : context.find(field.child);
  if (!Array.isArray(columns) || !child) return { item: { kind: 'children', field: field.id }, problems: [] };
  const { ids, problems } = readColumns(columns, child, '/columns');
  return { item: { kind: 'children', field: field.id, columns: ids }, problems };
}

function readRelated(
  given: { readonly [key: string]: unknown },
  context: LayoutContext,
): { item?: LayoutItem; problems: readonly Problem[] } {
  const object = typeof given['object'] === 'string' ? context.find(given['object']) : undefined;
  if (!object) return { problems: [problem('/object', 'unknown', `There is no object "${String(given['object'])}".`)] };
  const field = findField(object, given['field']);
  if (!field) return { problems: [unknownField(object, given['field'])] };
  if (field.target !== context.object.name)
    return {
      problems: [problem('/field', 'target', `${object.label.en}: ${field.name} does not refer to ${context.object.name}.`)],
    };
  const item = { kind: 'related', object: object.name, field: field.id } as const;
  if (!Array.isArray(given['columns'])) return { item, problems: [] };
  const { ids, problems } = readColumns(given['columns'], object, '/columns');
  return { item: { ...item, columns: ids }, problems };
}

function readColumns(
  input: readonly unknown[],
  object: ObjectDefinition,
  pointer: string,
): { ids: readonly string[]; problems: readonly Problem[] } {
  if (input.length > LIMITS.columns)
    return { ids: [], problems: [problem(pointer, 'maxItems', `There are at most ${LIMITS.columns} columns.`)] };
  const read = input.map((name) => findField(object, name));
  const problems = read.flatMap((field, position) => {
    if (!field) return under(`${pointer}/${position}`, [{ ...unknownField(object, input[position]), pointer: '' }]);
    if (field.type === 'children')
      return [problem(`${pointer}/${position}`, 'type', `${field.label.en} are rows of their own and cannot be a column.`)];
    return read.indexOf(field) < position ? [problem(`${pointer}/${position}`, 'duplicate', `${field.name} is a column already.`)] : [];
  });
  return { ids: read.flatMap((field) => (field ? [field.id] : [])), problems };
}

/** The field that a layout names: by id, name, API name or former name. Retired ones are not found. */
export function findField(object: ObjectDefinition, named: unknown): FieldDefinition | undefined {
  if (typeof named !== 'string') return undefined;
  const fields = object.fields.filter((field) => field.state !== 'retired');
  const by = (matches: (field: FieldDefinition) => boolean) => fields.find(matches);
  return (
    by((field) => field.id === named) ??
    by((field) => field.name === named || apiNameOf(field) === named) ??
    by((field) => field.aliases?.includes(named) === true)
  );
}

/** The problem of a name that is no field of the object, with the nearest one. */
export function unknownField(object: ObjectDefinition, named: unknown): Problem {
  const names = object.fields.filter((field) => field.state !== 'retired').map((field) => field.name);
  const near = typeof named === 'string' ? nearest(named, names) : undefined;
  return problem(
    '/field',
    'unknown',
    `${object.label.en} has no field "${String(named).slice(0, 80)}"${near ? `; did you mean "${near}"?` : '.'}`,
  );
}
