import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { withRenamedConditions } from './condition-shape.ts';
import { withRenamedRules } from './layout-rules.ts';
import { apiNameOf } from './schema-index.ts';
import { renamedInSort, renamedInView } from './view.ts';

/**
 * The object with a field under a new name: metadata only. The old name stays as an alias, whoever had the new name as an alias
 * loses it, and what the object itself says in API words (title, sort, views, currency fields) follows.
 */
export function renameField(object: ObjectDefinition, fieldId: string, name: string): ObjectDefinition {
  const field = object.fields.find((one) => one.id === fieldId);
  if (!field || field.name === name) return object;
  const renamed: FieldDefinition = {
    ...field,
    name,
    aliases: [...new Set([...(field.aliases ?? []), field.name])].filter((alias) => alias !== name),
  };
  const names = new Map([
    [field.name, name],
    [apiNameOf(field), apiNameOf(renamed)],
  ]);
  const other = (one: string) => (one === field.name ? name : one);
  const freed = withRenamedRules(withoutAlias(object, name), names);
  return {
    ...freed,
    titleField: other(freed.titleField),
    ...(freed.defaultSort === undefined ? {} : { defaultSort: renamedInSort(freed.defaultSort, names) }),
    ...(freed.uniqueTogether ? { uniqueTogether: freed.uniqueTogether.map((rule) => rule.map(other)) } : {}),
    fields: freed.fields.map((one) => {
      const following = withRenamedConditions(one.id === fieldId ? renamed : one, names);
      const { currencyField, objectField } = following;
      return {
        ...following,
        ...(currencyField === undefined ? {} : { currencyField: other(currencyField) }),
        ...(objectField === undefined ? {} : { objectField: other(objectField) }),
      };
    }),
    views: freed.views.map((view) => renamedInView(view, names)),
  };
}

/** The object in which no field answers to this name as a former one: a new field takes it. */
export function withoutAlias(object: ObjectDefinition, name: string): ObjectDefinition {
  if (!object.fields.some((field) => field.aliases?.includes(name) === true)) return object;
  return {
    ...object,
    fields: object.fields.map((field) =>
      field.aliases?.includes(name) === true
        ? withAliases(
            field,
            field.aliases.filter((alias) => alias !== name),
          )
        : field,
    ),
  };
}

function withAliases(field: FieldDefinition, aliases: readonly string[]): FieldDefinition {
  const { aliases: _former, ...rest } = field;
  return aliases.length > 0 ? { ...rest, aliases } : rest;
}

/** All objects with one under a new name and collection, and every reference to it following. */
export function renameObject(
  objects: readonly ObjectDefinition[],
  id: string,
  to: { name: string; collection: string },
): readonly ObjectDefinition[] {
  const from = objects.find((object) => object.id === id)?.name;
  const other = (name: string) => (name === from ? to.name : name);
  const referring = (field: FieldDefinition): FieldDefinition => ({
    ...field,
    ...(field.target === undefined ? {} : { target: other(field.target) }),
    ...(field.targets === undefined ? {} : { targets: field.targets.map(other) }),
    ...(field.child === undefined ? {} : { child: other(field.child) }),
  });
  return objects.map((object) => ({
    ...object,
    ...(object.id === id ? to : {}),
    ...(object.parent === undefined ? {} : { parent: other(object.parent) }),
    fields: object.fields.map(referring),
  }));
}
