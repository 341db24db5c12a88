import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { conditionsOf } from '#platform/kernel/conditions/field-rules.ts';
import { namesIn } from '#platform/kernel/conditions/names.ts';
import { isAskedByRules } from '#platform/metadata/layout-rules.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';

/** What stands on a field or object: where it is used, as an administrator would look for it. A blocking one must be changed first. */
export type Dependant = {
  readonly kind: 'title' | 'layout' | 'view' | 'money' | 'unique' | 'condition' | 'mirror' | 'sort' | 'reference' | 'rows';
  readonly object: string;
  readonly name: string;
  readonly where: string;
  readonly isBlocking: boolean;
};

/** Where a field is used. */
export function dependantsOf(objects: readonly ObjectDefinition[], object: ObjectDefinition, field: FieldDefinition): readonly Dependant[] {
  const names = new Set([field.name, apiNameOf(field), ...(field.aliases ?? [])]);
  const at = (kind: Dependant['kind'], name: string, where: string, isBlocking = true): Dependant => ({
    kind,
    object: object.name,
    name,
    where,
    isBlocking,
  });
  const living = object.fields.filter((one) => one.state !== 'retired' && one.id !== field.id);
  return [
    ...(names.has(object.titleField) ? [at('title', object.titleField, `it is the title of ${object.label.en}`)] : []),
    ...(object.defaultSort?.split(',').some((part) => names.has(part.replace(/^-/, ''))) === true
      ? [at('sort', object.defaultSort, `lists of ${object.label.en} are sorted by it`)]
      : []),
    ...living
      .filter((one) => one.currencyField !== undefined && names.has(one.currencyField))
      .map((one) => at('money', one.name, `it is the currency of ${one.label.en}`)),
    ...living
      .filter((one) => conditionsOf(one).some(({ condition }) => isAbout(condition, names)))
      .map((one) => at('condition', one.name, `a condition of ${one.label.en} asks about it`)),
    ...(isAskedByRules(object, names) ? [at('condition', object.name, 'a layout is chosen by it')] : []),
    ...(object.uniqueTogether ?? [])
      .filter((rule) => rule.includes(field.name))
      .map((rule) => at('unique', rule.join(', '), `it is part of what is unique together (${rule.join(', ')})`)),
    ...object.layouts
      .filter((layout) => layout.generated !== true && JSON.stringify(layout).includes(JSON.stringify(field.id)))
      .map((layout) => at('layout', layout.name, `it stands in the layout ${layout.name}`, false)),
    ...object.views.flatMap((view) => {
      const used = [...(view.columns ?? []), ...(view.sort ?? '').split(','), view.display?.by ?? '', view.group ?? ''].some((path) =>
        names.has(path.replace(/^-/, '').split('.')[0] ?? ''),
      );
      if (isAbout(view.filter, names)) return [at('view', view.name, `the view ${view.label.en} filters by it`)];
      return used ? [at('view', view.name, `the view ${view.label.en} shows it`, false)] : [];
    }),
    ...objects.flatMap((other) => mirrorsOf(other, object, names)),
  ];
}

function mirrorsOf(other: ObjectDefinition, object: ObjectDefinition, names: ReadonlySet<string>): readonly Dependant[] {
  return other.fields
    .filter((one) => one.state !== 'retired' && one.target === object.name && one.mirror?.some((name) => names.has(name)) === true)
    .map((one) => ({
      kind: 'mirror',
      object: other.name,
      name: one.name,
      where: `${other.label.en} keeps a copy of it through ${one.label.en}`,
      isBlocking: true,
    }));
}

function isAbout(filter: unknown, names: ReadonlySet<string>): boolean {
  return [...namesIn(filter)].some((path) => names.has(path.split('.')[0] ?? ''));
}

/** What refers to an object, so that it cannot go. */
export function dependantsOfObject(objects: readonly ObjectDefinition[], object: ObjectDefinition): readonly Dependant[] {
  const others = objects.filter((other) => other.state === 'active' && other.id !== object.id && other.parent !== object.name);
  return others.flatMap((other) =>
    other.fields
      .filter(
        (field) =>
          field.state !== 'retired' &&
          field.system !== true &&
          (field.target === object.name || field.targets?.includes(object.name) === true || field.child === object.name),
      )
      .map((field): Dependant => ({
        kind: field.type === 'children' ? 'rows' : 'reference',
        object: other.name,
        name: field.name,
        where: `${other.label.en} refers to it by ${field.label.en}`,
        isBlocking: true,
      })),
  );
}
