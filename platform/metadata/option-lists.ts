import type { FieldDefinition, FieldSettings, Json, ObjectDefinition, Option, OptionList } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';

/** Lists by name. */
export type OptionLists = ReadonlyMap<string, OptionList>;

/** A field that takes its options from a list, and its object. */
export type ListUse = { readonly object: ObjectDefinition; readonly field: FieldDefinition };

/** Where lists stand in the customised layer, in the log, in the API and among files. No object has an id like that. */
const PLACE = 'option-lists/';

/** What a list is called among the targets of customisations. */
export function listTarget(name: string): string {
  return `${PLACE}${name}`;
}

/** Whether a target is a list, and not an object. */
export function isListTarget(target: string): boolean {
  return target.startsWith(PLACE);
}

/** The name of the list that a target is. */
export function listNameOf(target: string): string {
  return target.slice(PLACE.length);
}

/** A list as the JSON that differences are made of: without its version, which is not anybody's choice. */
export function listJson(list: OptionList | undefined): Json | undefined {
  if (!list) return undefined;
  const { version: _version, ...rest } = list;
  return trusted<Json>(rest);
}

/** The way back: what `listJson` made, changed by patches that were checked before they were stored. */
export function listFromJson(value: Json | undefined): OptionList | undefined {
  return value === undefined ? undefined : trusted<OptionList>({ ...trusted<OptionList>(value), version: 0 });
}

/** The fields that take their options from a list now, or will when their type has changed. */
export function usesOf(objects: Iterable<ObjectDefinition>, name: string): readonly ListUse[] {
  return [...objects].flatMap((object) =>
    object.fields
      .filter((field) => field.optionList === name || field.retype?.to.optionList === name)
      .map((field): ListUse => ({ object, field })),
  );
}

/** Whether a use counts: what is retired asks nobody, and keeps the options that it had. */
export function isLiving({ object, field }: ListUse): boolean {
  return object.state === 'active' && field.state !== 'retired';
}

/** The options as the list has them, each offered when the field says; and, retired, what the field held before it used the list. */
export function listedOptions(list: OptionList, own: readonly Option[] = []): readonly Option[] {
  const known = new Map(own.map((option) => [option.key, option]));
  const listed = new Set(list.options.map((option) => option.key));
  const kept = own.filter((option) => !listed.has(option.key) && Object.hasOwn(option, 'label'));
  return [
    ...list.options.map((option) => withCondition(option, known.get(option.key)?.visibleWhen)),
    ...kept.map(({ visibleWhen: _condition, ...option }): Option => ({ ...option, retired: true, own: true })),
  ];
}

function withCondition(option: Option, visibleWhen: Option['visibleWhen']): Option {
  return visibleWhen === undefined ? option : { ...option, visibleWhen };
}

/** A field that uses a list, with what it held before, whether it used one then or not. */
export function withFormer<F extends FieldSettings>(field: F, before: FieldSettings | undefined, lists: OptionLists): F {
  const list = field.optionList === undefined ? undefined : lists.get(field.optionList);
  if (!list || !before?.options) return field;
  const former = before.options.map(({ visibleWhen: _condition, ...option }) => option);
  return { ...field, options: listedOptions(list, [...former, ...(field.options ?? [])]) };
}

/** The object with the options of the lists that its fields name. A list that is not there leaves them as they are. */
export function withListOptions(object: ObjectDefinition, lists: OptionLists): ObjectDefinition {
  if (!object.fields.some((field) => field.optionList !== undefined || field.retype?.to.optionList !== undefined)) return object;
  return { ...object, fields: object.fields.map((field) => resolved(field, lists)) };
}

function resolved(field: FieldDefinition, lists: OptionLists): FieldDefinition {
  const { retype } = field;
  const now = withOptions(field, lists);
  return retype ? { ...now, retype: { ...retype, to: withOptions(retype.to, lists) } } : now;
}

function withOptions<F extends FieldSettings>(field: F, lists: OptionLists): F {
  const list = field.optionList === undefined ? undefined : lists.get(field.optionList);
  return list ? { ...field, options: listedOptions(list, field.options) } : field;
}

/** The field without what its list says: with the conditions of options, and those that the list does not have. */
export function withoutListed(field: FieldDefinition): FieldDefinition {
  if (field.optionList === undefined) return field;
  const { options = [], ...rest } = field;
  const own = options.flatMap((option): readonly object[] => (option.own === true ? [option] : conditionOf(option)));
  // What is left of an option is looked at by `listedOptions` alone.
  return own.length === 0 ? rest : { ...rest, options: trusted<readonly Option[]>(own) };
}

/** When an option is offered, as a field that uses a list says it; nothing when it always is. */
export function conditionOf({ key, visibleWhen }: Option): readonly { readonly key: string; readonly visibleWhen: Json }[] {
  return visibleWhen === undefined ? [] : [{ key, visibleWhen }];
}

/** The field on its own, with the options that it has from its list. */
export function detached(field: FieldDefinition): FieldDefinition {
  const { optionList: _list, options, ...rest } = field;
  return options ? { ...rest, options: options.map(({ own: _own, ...option }) => option) } : rest;
}
