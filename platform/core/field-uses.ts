import type { FieldDefinition, ObjectDefinition, ViewDefinition } from '#platform/kernel/model.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { groupLevels } from '#platform/kernel/grouping.ts';
import { conditionsOf } from '#platform/kernel/conditions/field-rules.ts';
import { comparisonsOf } from '#platform/kernel/conditions/names.ts';
import { fieldsInLayout } from '#platform/metadata/layout-fields.ts';
import { indexSchema, type SchemaIndex } from '#platform/metadata/schema-index.ts';
import type { Dependant } from './dependants.ts';

/** A place in the metadata that names a field, by the field's id. */
export type FieldUse = Dependant & { readonly field: string };

/** Every use of every field: one walk over all places of the metadata in which fields are named. */
export function usesIn(objects: readonly ObjectDefinition[]): readonly FieldUse[] {
  const index = indexSchema({ module: '', version: 0, objects, foreign: [] });
  return objects.flatMap((object) => {
    const around: Around = { object, on: (path) => fieldsOnPath(index, object, path) };
    return [
      ...ofObject(around),
      ...object.fields
        .filter((field) => field.state !== 'retired')
        .flatMap((field) => ofField(around, index, field).filter((use) => use.field !== field.id)),
      ...object.views.flatMap((view) => ofView(around, view)),
      ...ofLayouts(object),
      ...ofCommands(around),
    ];
  });
}

/** An object whose places are looked at, and what a path of names that starts there leads over: the ids of those fields. */
type Around = { readonly object: ObjectDefinition; readonly on: (path: string) => readonly string[] };

type Place = Pick<Dependant, 'kind' | 'where'> & Partial<Pick<Dependant, 'name' | 'label' | 'isBlocking'>>;

function used(object: ObjectDefinition, fields: Iterable<string>, place: Place): readonly FieldUse[] {
  const filled = { object: object.name, name: object.name, label: object.label, isBlocking: true, ...place };
  return [...new Set(fields)].map((field) => ({ field, ...filled }));
}

function ofObject({ object, on }: Around): readonly FieldUse[] {
  const label = object.label.en;
  const sorted = (object.defaultSort ?? '').split(',').flatMap(on);
  const asked = (object.layoutRules ?? []).flatMap(({ when }) => askedAbout(when).flatMap(on));
  return [
    ...used(object, on(object.titleField), { kind: 'title', where: `it is the title of ${label}` }),
    ...used(object, sorted, { kind: 'sort', where: `lists of ${label} are sorted by it` }),
    ...used(object, asked, { kind: 'layoutRule', where: 'a layout is chosen by it' }),
    ...(object.uniqueTogether ?? []).flatMap((rule) =>
      used(object, rule.flatMap(on), {
        kind: 'unique',
        name: rule.join(', '),
        where: `it is part of what is unique together (${rule.join(', ')})`,
      }),
    ),
  ];
}

function ofField({ object, on }: Around, index: SchemaIndex, field: FieldDefinition): readonly FieldUse[] {
  const { name, label, currencyField, path, explainedBy, count } = field;
  const place = (kind: Dependant['kind'], where: string): Place => ({ kind, name, label, where });
  const target = index.byName.get(field.target ?? '');
  const parent = index.byName.get(object.parent ?? '');
  const asked = conditionsOf(field).flatMap(({ condition }) => askedAbout(condition).flatMap(on));
  const copied = (target ? (field.mirror ?? []) : []).flatMap((one) => (target ? fieldsOnPath(index, target, one) : []));
  const tolerance = parent && count?.tolerance !== undefined ? fieldsOnPath(index, parent, count.tolerance) : [];
  return [
    ...used(object, on(currencyField ?? ''), place('money', `it is the currency of ${label.en}`)),
    ...used(object, asked, place('condition', `a condition of ${label.en} asks about it`)),
    ...used(object, on(path ?? ''), place('value', `${label.en} of ${object.label.en} is read through it`)),
    ...used(object, on(explainedBy ?? ''), place('explanation', `it explains ${label.en}`)),
    ...used(object, [...on(count?.atMost ?? ''), ...tolerance], place('count', `${label.en} is counted against it`)),
    ...used(object, copied, place('mirror', `${object.label.en} keeps a copy of it through ${label.en}`)),
  ];
}

/** Own columns of a view go with their field; what it filters by, and what it shows of other objects, does not. */
function ofView({ object, on }: Around, view: ViewDefinition): readonly FieldUse[] {
  const { name, label } = view;
  const filtered = askedAbout(view.filter).flatMap(on);
  const paths = [
    ...(view.columns ?? []),
    ...(view.sort ?? '').split(','),
    view.display?.by ?? '',
    ...groupLevels(view.group ?? '').map(({ field }) => field),
  ];
  const shown = paths.flatMap(on).filter((field) => !filtered.includes(field));
  const own = new Set(object.fields.map((field) => field.id));
  const place = { kind: 'view', name, label } as const;
  return [
    ...used(object, filtered, { ...place, where: `the view ${label.en} filters by it` }),
    ...used(
      object,
      shown.filter((field) => own.has(field)),
      { ...place, where: `the view ${label.en} shows it`, isBlocking: false },
    ),
    ...used(
      object,
      shown.filter((field) => !own.has(field)),
      { ...place, where: `the view ${label.en} of ${object.label.en} shows it` },
    ),
  ];
}

function ofLayouts(object: ObjectDefinition): readonly FieldUse[] {
  return object.layouts
    .filter((layout) => layout.generated !== true)
    .flatMap((layout) =>
      used(object, fieldsInLayout(layout), {
        kind: 'layout',
        name: layout.name,
        label: layout.label ?? { en: layout.name },
        where: `it stands in the layout ${layout.name} of ${object.label.en}`,
        isBlocking: false,
      }),
    );
}

/** Lines that a command's dialog draws name their fields by id, in whatever setting. */
function ofCommands({ object, on }: Around): readonly FieldUse[] {
  return object.commands.flatMap(({ name, label, draws, input = [] }) => {
    const drawn = input.flatMap(({ lines }) => (lines ? textsIn(lines) : []));
    return used(object, [...on(draws ?? ''), ...drawn], { kind: 'command', name, label, where: `the command ${label.en} works with it` });
  });
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** The paths that a filter or condition is about; what it says of rows and related records is about their fields. */
function askedAbout(filter: unknown): readonly string[] {
  return comparisonsOf(filter).flatMap(({ name, operator, value }) =>
    operator === 'some' || operator === 'none' ? [name, ...askedAbout(value).map((inner) => `${name}.${inner}`)] : [name],
  );
}

/** The fields, by id, that a dotted path of names leads over, as far as it is known; a sort's path may begin with a minus. */
function fieldsOnPath(index: SchemaIndex, object: ObjectDefinition, path: string): readonly string[] {
  const found: string[] = [];
  let at: ObjectDefinition | undefined = object;
  for (const name of path.trim().replace(/^-/, '').split('.')) {
    const fields: ReturnType<SchemaIndex['fieldsOf']> | undefined = at && index.fieldsOf(at);
    const field = fields?.byName.get(name) ?? fields?.byApiName.get(name);
    if (!field) break;
    found.push(field.id);
    at = index.byName.get(field.target ?? field.child ?? '');
  }
  return found;
}
