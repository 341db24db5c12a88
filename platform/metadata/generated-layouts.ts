import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { Features, FieldDefinition, LayoutDefinition, LayoutItem, LayoutSection, ObjectDefinition } from '#platform/kernel/model.ts';

const LIST_COLUMNS = 8;
const WIDE_TYPES = ['longText', 'richText', 'markdown', 'address', 'json'];

/** The layouts every object has whether or not someone drew them. */
export const BASIC_LAYOUTS = ['detail', 'create', 'list'] as const;

/**
 * The object with a generated layout for each basic one it lacks; earlier generated ones are made anew. A generated layout is
 * never empty: it shows all active fields, and on the detail page what refers to the record.
 */
export function withGeneratedLayouts(object: ObjectDefinition, all: readonly ObjectDefinition[]): ObjectDefinition {
  const drawn = object.layouts.filter((layout) => layout.generated !== true);
  const missing = BASIC_LAYOUTS.filter((name) => !drawn.some((layout) => layout.name === name));
  return { ...object, layouts: [...drawn, ...missing.map((name) => generateLayout(name, object, all))] };
}

/** One generated layout. */
export function generateLayout(
  name: (typeof BASIC_LAYOUTS)[number],
  object: ObjectDefinition,
  all: readonly ObjectDefinition[],
): LayoutDefinition {
  const base = { id: `${object.id}.${name}`, name, generated: true } as const;
  if (name === 'list') return { ...base, columns: listColumns(object) };
  return { ...base, sections: name === 'detail' ? detailSections(object, all) : createSections(object) };
}

function detailSections(object: ObjectDefinition, all: readonly ObjectDefinition[]): readonly LayoutSection[] {
  const shown = active(object).filter((field) => field.system !== true || field.readOnly !== true);
  const related = object.parent === undefined ? relatedItems(object, all) : [];
  const stamps = active(object).filter((field) => /^(created|updated)(At|By)$/.test(field.name) && field.system === true);
  return [
    ...fieldSections(shown),
    ...(related.length > 0 ? [{ id: 'related', columns: 1, items: related } as const] : []),
    ...(stamps.length > 0
      ? [{ id: 'record', label: { en: 'Record', de: 'Datensatz' }, columns: 4, items: stamps.map(item) } as const]
      : []),
    ...(object.parent !== undefined || !isTold(object.features)
      ? []
      : [{ id: 'history', columns: 1, side: true, items: [{ kind: 'history' }] } as const]),
  ];
}

function createSections(object: ObjectDefinition): readonly LayoutSection[] {
  const writable = active(object).filter((field) => field.system !== true && field.readOnly !== true);
  const sections = fieldSections(writable);
  if (sections.length > 0) return sections;
  return fieldSections(active(object).filter((field) => field.name === object.titleField));
}

function fieldSections(fields: readonly FieldDefinition[]): readonly LayoutSection[] {
  const rows = fields.filter((field) => field.type === 'children');
  const wide = fields.filter((field) => WIDE_TYPES.includes(field.type));
  const plain = fields.filter((field) => !rows.includes(field) && !wide.includes(field));
  return [
    ...(plain.length > 0
      ? [{ id: 'general', label: { en: 'General', de: 'Allgemein' }, columns: 2, items: plain.map(item) } as const]
      : []),
    ...rows.map((field) => ({ id: field.name, label: field.label, columns: 1, items: [{ kind: 'children', field: field.id }] }) as const),
    ...(wide.length > 0 ? [{ id: 'more', label: { en: 'More', de: 'Weiteres' }, columns: 2, items: wide.map(item) } as const] : []),
  ];
}

/** Whether there is anything to tell beside its records: changes, comments, files. */
function isTold({ history, comments, attachments }: Features): boolean {
  return [history, comments, attachments].some((feature) => feature !== false);
}

/** One place for what refers to the record, as far as anything does: what will refer to it in time is shown there too. */
function relatedItems(object: ObjectDefinition, all: readonly ObjectDefinition[]): readonly LayoutItem[] {
  const refers = (other: ObjectDefinition): boolean =>
    other.state === 'active' &&
    other.parent === undefined &&
    active(other).some((field) => field.type === 'lookup' && field.system !== true && field.target === object.name);
  return all.some(refers) ? [{ kind: 'otherRelated' }] : [];
}

function listColumns(object: ObjectDefinition): readonly string[] {
  const fields = active(object);
  const rank = (field: FieldDefinition) => ['number', object.titleField, 'status'].indexOf(field.name);
  const leading = fields.filter((field) => rank(field) >= 0).sort((left, right) => rank(left) - rank(right));
  const others = fields.filter((field) => rank(field) < 0 && field.system !== true && isColumn(field));
  const last = fields.filter((field) => field.system === true && field.name === 'updatedAt');
  return [...[...leading, ...others].slice(0, LIST_COLUMNS - last.length), ...last].map((field) => field.id);
}

function isColumn(field: FieldDefinition): boolean {
  return fieldType(field.type).storage !== 'none' && !WIDE_TYPES.includes(field.type);
}

function item(field: FieldDefinition): LayoutItem {
  return { kind: 'field', field: field.id };
}

function active(object: ObjectDefinition): readonly FieldDefinition[] {
  return object.fields.filter((field) => field.state !== 'retired');
}
