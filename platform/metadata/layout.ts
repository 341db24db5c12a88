import { isRecord } from '#platform/kernel/is-record.ts';
import { hasSections, LAYOUT_PAGES, layoutPage, pageOf, isPlainItem, PLAIN_ITEMS } from '#platform/kernel/layouts.ts';
import type {
  FieldDefinition,
  LayoutDefinition,
  LayoutItem,
  LayoutPage,
  LayoutSection,
  LayoutTab,
  ObjectDefinition,
  RelatedItem,
} from '#platform/kernel/model.ts';
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

const LIMITS = { sections: 50, items: 300, columns: 100, tabs: 20, rows: 50 } as const;
const LAYOUT_NAME = /^[a-z][A-Za-z0-9]{0,40}$/;
const SETTINGS = ['sections', 'columns', 'tabs', 'page', 'label', 'id', 'name', 'generated'];

type ReadLayout = { layout?: LayoutDefinition; problems: readonly Problem[] };

/** Reads a layout whose fields are given by id or name; what comes back names them by id. */
export function readLayout(name: string, input: unknown, context: LayoutContext): ReadLayout {
  if (!LAYOUT_NAME.test(name)) return { problems: [problem('', 'name', `"${name}" cannot be the name of a layout.`)] };
  if (!isRecord(input)) return { problems: [problem('', 'type', 'A layout is {"sections": […]} or {"columns": […]}.')] };
  const extra = Object.keys(input).find((key) => !SETTINGS.includes(key));
  if (extra !== undefined)
    return {
      problems: [problem(`/${extra}`, 'unknown', `There is no setting "${extra}" here; a layout has sections or columns.`)],
    };
  const head = readHead(name, input, context);
  if (!head.layout) return head;
  const { page, ...own } = head.layout;
  const base = { ...own, ...(layoutPage(name) === undefined ? { page } : {}) };
  if (!hasSections(page)) {
    if (!Array.isArray(input['columns']))
      return { problems: [problem('', 'type', `The layout ${name} has columns: send {"columns": […]}.`)] };
    const { ids, problems } = readColumns(input['columns'], context.object, '/columns');
    return problems.length > 0 ? { problems } : { layout: { ...base, columns: ids }, problems };
  }
  if (!Array.isArray(input['sections']))
    return { problems: [problem('', 'type', `The layout ${name} is a page: send {"sections": […]}.`)] };
  const tabs = readTabs(input['tabs'], context);
  const read = readSections(input['sections'], context);
  const problems = [...tabs.problems, ...read.problems, ...lostTabs(read.sections, tabs.tabs)];
  if (problems.length > 0) return { problems };
  return { layout: { ...base, ...(tabs.tabs.length > 0 ? { tabs: tabs.tabs } : {}), sections: read.sections }, problems };
}

type Head = Pick<LayoutDefinition, 'id' | 'name' | 'label'> & { readonly page: LayoutPage };

/** What a layout is called and of which page it is; one that is called like a page says both by its name. */
function readHead(
  name: string,
  input: { readonly [key: string]: unknown },
  { object, language, before }: LayoutContext,
): { layout?: Head; problems: readonly Problem[] } {
  const page = layoutPage(name) ?? layoutPage(input['page'] ?? before?.page);
  if (page === undefined) {
    const rule = input['page'] === undefined ? 'required' : 'enum';
    return { problems: [problem('/page', rule, `Say of which page the layout "${name}" is: ${LAYOUT_PAGES.join(', ')}.`)] };
  }
  if (before && pageOf(before) !== page) return { problems: [problem('/page', 'fixed', 'A layout stays one of the same page.')] };
  const given = input['label'] ?? before?.label;
  const label = given === undefined ? undefined : readLabel(given, { language, before: before?.label, pointer: '/label', maxLength: 120 });
  if (label && label.problems.length > 0) return { problems: label.problems };
  return { layout: { id: `${object.id}.${name}`, name, page, ...(label?.label ? { label: label.label } : {}) }, problems: [] };
}

function readTabs(input: unknown, { language, before }: LayoutContext): { tabs: readonly LayoutTab[]; problems: readonly Problem[] } {
  if (input === undefined || input === null) return { tabs: [], problems: [] };
  if (!Array.isArray(input) || input.length > LIMITS.tabs)
    return { tabs: [], problems: [problem('/tabs', 'type', `Tabs are a list of at most ${LIMITS.tabs}: [{"id":"more","label":"More"}].`)] };
  const read = input.map((one: unknown, position) => {
    const at = `/tabs/${position}`;
    const id = isRecord(one) ? one['id'] : undefined;
    if (!isRecord(one) || !isShortText(id)) return { problems: [problem(`${at}/id`, 'type', 'The id of a tab is a short text.')] };
    const known = before?.tabs?.find((tab) => tab.id === id)?.label;
    const label = readLabel(one['label'] ?? known, { language, before: known, pointer: `${at}/label`, maxLength: 60 });
    return label.label ? { tab: { id, label: label.label }, problems: [] } : { problems: label.problems };
  });
  const tabs = read.flatMap((one) => (one.tab ? [one.tab] : []));
  const same = tabs.findIndex((tab, position) => tabs.findIndex((other) => other.id === tab.id) < position);
  const duplicate = same < 0 ? [] : [problem(`/tabs/${same}/id`, 'duplicate', 'This tab is there twice.')];
  return { tabs, problems: [...read.flatMap((one) => one.problems), ...duplicate] };
}

function isShortText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 60;
}

/** Sections on a tab that is not there. */
function lostTabs(sections: readonly LayoutSection[], tabs: readonly LayoutTab[]): readonly Problem[] {
  return sections.flatMap(({ tab }, position) =>
    tab === undefined || tabs.some((one) => one.id === tab)
      ? []
      : [problem(`/sections/${position}/tab`, 'reference', `There is no tab "${tab}" in this layout.`)],
  );
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
  if (isPlainItem(item)) return item.kind;
  return item.kind === 'related' ? `related ${item.object}.${item.field}` : item.field;
}

function readSection(input: unknown, position: number, context: LayoutContext): { section?: LayoutSection; problems: readonly Problem[] } {
  if (!isRecord(input) || !Array.isArray(input['items']))
    return { problems: [problem('', 'type', 'A section has an id, a label and items.')] };
  const extra = Object.keys(input).find((key) => !['id', 'label', 'columns', 'tab', 'side', 'items'].includes(key));
  if (extra !== undefined) return { problems: [problem(`/${extra}`, 'unknown', `There is no setting "${extra}" here.`)] };
  const id = input['id'] ?? `section${position + 1}`;
  if (!isShortText(id)) return { problems: [problem('/id', 'type', 'The id of a section is a short text.')] };
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
  const isSide = input['side'] === true;
  const tab = isShortText(input['tab']) && !isSide ? { tab: input['tab'] } : {};
  const side = isSide ? { side: true } : {};
  return {
    section: { id, ...(label?.label ? { label: label.label } : {}), columns: isSide ? 1 : (columns ?? 2), ...tab, ...side, items },
    problems,
  };
}

function columnCount(value: unknown): 1 | 2 | 3 | 4 | undefined {
  return ([1, 2, 3, 4] as const).find((count) => count === value);
}

function readItem(input: unknown, context: LayoutContext): { item?: LayoutItem; problems: readonly Problem[] } {
  const given: { readonly [key: string]: unknown } =
    typeof input === 'string' ? { kind: 'field', field: input } : isRecord(input) ? { kind: 'field', ...input } : {};
  if (isPlainItem(given)) return { item: { kind: given.kind }, problems: [] };
  if (given['kind'] === 'related') return readRelated(given, context);
  const field = findField(context.object, given['field']);
  if (!field) return { problems: [unknownField(context.object, given['field'])] };
  if (field.type === 'children') return readChildrenItem(field, given['columns'], context);
  if (given['kind'] !== 'field')
    return { problems: [problem('/kind', 'enum', `The kind of an item is field, children, related, ${PLAIN_ITEMS.join(', ')}.`)] };
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
  const columns = Array.isArray(given['columns']) ? readColumns(given['columns'], object, '/columns') : undefined;
  const sort = readSort(given['sort'], object);
  const limit = given['limit'] ?? undefined;
  const isLimit = limit === undefined || (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= LIMITS.rows);
  const problems = [
    ...(columns?.problems ?? []),
    ...(sort?.problems ?? []),
    ...(isLimit ? [] : [problem('/limit', 'range', `A related list shows 1 to ${LIMITS.rows} records at first.`)]),
  ];
  return {
    item: {
      kind: 'related',
      object: object.name,
      field: field.id,
      ...(columns ? { columns: columns.ids } : {}),
      ...(sort?.sort ? { sort: sort.sort } : {}),
      ...(isLimit && typeof limit === 'number' ? { limit } : {}),
    },
    problems,
  };
}

/** `-createdAt`, or as it is stored: `{field, descending}`. */
function readSort(input: unknown, object: ObjectDefinition): { sort?: RelatedItem['sort']; problems: readonly Problem[] } | undefined {
  if (input === undefined || input === null) return undefined;
  const written = typeof input === 'string' ? { field: input.replace(/^-/, ''), descending: input.startsWith('-') } : input;
  if (!isRecord(written))
    return { problems: [problem('/sort', 'type', 'Sort is a field by name, with "-" before it to begin with the last.')] };
  const field = findField(object, written['field']);
  if (!field) return { problems: [{ ...unknownField(object, written['field']), pointer: '/sort' }] };
  return { sort: { field: field.id, ...(written['descending'] === true ? { descending: true } : {}) }, problems: [] };
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
