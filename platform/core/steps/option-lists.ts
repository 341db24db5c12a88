import { sentence, type Sentence } from '#platform/kernel/sentence.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { FieldDefinition, ObjectDefinition, OptionList } from '#platform/kernel/model.ts';
import { nearest } from '#platform/kernel/nearest.ts';
import { problem, refuseProblems, type Problem } from '#platform/metadata/definition-errors.ts';
import { defaultProblems, statusProblems } from '#platform/metadata/definition-rules.ts';
import { detached, isLiving, listJson, usesOf, type ListUse, type OptionLists } from '#platform/metadata/option-lists.ts';
import { readOptionList } from '#platform/metadata/read-option-list.ts';
import { fitsOf, keptOptions } from './change-field.ts';
import { cannot, put, putChecked, type Draft, type Fact, type Fit, type StepResult } from '../draft.ts';

const LISTS_MAX = 500;
const NAMED_USES = 5;
const CHANGEABLE: readonly string[] = ['label', 'options'];

/** A new list, which no field uses yet. */
export function addOptionList(draft: Draft, change: { readonly optionList: unknown }): StepResult {
  const { list, problems } = readOptionList(change.optionList, { language: draft.language });
  refuseProblems(problems);
  if (!list) throw new Error('A definition without problems has a list');
  if (draft.lists.has(list.name)) refuseProblems([problem('/name', 'duplicate', `There is an option list "${list.name}" already.`)]);
  if (draft.lists.size >= LISTS_MAX)
    throw cannot('limit_reached', {
      en: `There are ${LISTS_MAX} option lists, which is the limit.`,
      de: `Es gibt schon ${LISTS_MAX} Auswahllisten; mehr gehen nicht.`,
    });
  draft.lists.set(list.name, list);
  return {
    facts: [{ type: 'OptionListCreated', optionList: list.name }],
    summary: sentence(
      (of) => `Option list ${of(list)} added`,
      (of) => `Auswahlliste ${of(list)} angelegt`,
    ),
  };
}

/** Changes the label or the options of a list, and with it every field that uses it. */
export function changeOptionList(draft: Draft, change: { readonly optionList: string; readonly set: unknown }): StepResult {
  const before = optionListOf(draft, change.optionList);
  if (!isRecord(change.set)) throw cannot('malformed_request', 'Send the settings to change as a JSON object.');
  const { set } = change;
  refuseProblems(Object.keys(set).flatMap(settingProblems));
  const { list, problems } = readOptionList({ ...isRecordOf(before), ...set }, { language: draft.language, before });
  refuseProblems(problems);
  if (!list) throw new Error('A definition without problems has a list');
  draft.lists.set(list.name, list);
  const { facts, fits } = followList(draft, list.name);
  return {
    facts: [{ type: 'OptionListChanged', optionList: list.name }, ...facts],
    summary: sentence(
      (of) => `Option list ${of(list)} changed`,
      (of) => `Auswahlliste ${of(list)} geändert`,
    ),
    fits,
  };
}

/** Takes a list away that no field uses. Retired fields keep the options that they had from it. */
export function dropOptionList(draft: Draft, change: { readonly optionList: string }): StepResult {
  const list = optionListOf(draft, change.optionList);
  refuseUsedList(draft, list);
  return {
    facts: [{ type: 'OptionListDropped', optionList: list.name }],
    summary: sentence(
      (of) => `Option list ${of(list)} dropped`,
      (of) => `Auswahlliste ${of(list)} gelöscht`,
    ),
  };
}

/** Takes a list away; refused while a field uses it. */
export function refuseUsedList(draft: Draft, list: OptionList): void {
  const uses = usesOf(draft.objects.values(), list.name);
  const living = uses.filter(isLiving);
  if (living.length > 0)
    throw cannot(
      'in_use',
      sentence(
        (of) => `${of(list)} is used by ${usesText(living).en}. Give them other options first.`,
        (of) => `${of(list)} wird von ${usesText(living).de} benutzt. Geben Sie ihnen zuerst andere Optionen.`,
      ),
    );
  draft.lists.delete(list.name);
  for (const { object } of uses) {
    const now = draft.objects.get(object.id) ?? object;
    put(draft, { ...now, fields: now.fields.map((field) => (field.optionList === list.name ? detached(field) : field)) });
  }
}

/**
 * Brings the options of a list into every field that uses it, and says what the fields' services have to look at. Refused when a field
 * cannot follow: its default or its first status would not be there to choose.
 */
export function followList(draft: Draft, name: string): { readonly facts: readonly Fact[]; readonly fits: readonly Fit[] } {
  const users = new Set(usesOf(draft.objects.values(), name).map(({ object }) => object));
  const results = [...users].map((object) => followed(draft, object, name));
  return { facts: results.flatMap((one) => one.facts), fits: results.flatMap((one) => one.fits) };
}

function followed(
  draft: Draft,
  before: ObjectDefinition,
  name: string,
): { readonly facts: readonly Fact[]; readonly fits: readonly Fit[] } {
  const isActive = before.state === 'active';
  const after = isActive ? putChecked(draft, before, '') : put(draft, before);
  const now = new Map(after.fields.map((field) => [field.id, field]));
  const pairs = before.fields.flatMap((field): readonly (readonly [FieldDefinition, FieldDefinition])[] => {
    const changed = now.get(field.id);
    return changed && field.optionList === name && isLiving({ object: before, field }) ? [[field, changed]] : [];
  });
  refuseProblems(pairs.flatMap(([old, young]) => fieldProblems(after, old, young)));
  return {
    facts: pairs.map(([field]): Fact => ({ type: 'FieldChanged', object: before.name, field: field.name })),
    fits: pairs.flatMap(([old, young]) => fitsOf(after, old, young)),
  };
}

function fieldProblems(object: ObjectDefinition, before: FieldDefinition, after: FieldDefinition): readonly Problem[] {
  const problems = [...statusProblems(after), ...defaultProblems(after), ...keptOptions(before, after)];
  return problems.map(({ rule, message }) =>
    problem('/options', rule, `${after.label.en} of ${object.label.en} cannot follow: ${message}`),
  );
}

function settingProblems(name: string): readonly Problem[] {
  if (CHANGEABLE.includes(name)) return [];
  return name === 'name'
    ? [problem('/name', 'fixed', 'The name of an option list stays as it is for life: fields name it. Change its label.')]
    : [problem(`/${name}`, 'unknown', `There is no setting "${name.slice(0, 60)}" here; change ${CHANGEABLE.join(', ')}.`)];
}

/** The list as a definition that could be sent. */
function isRecordOf(list: OptionList): { readonly [name: string]: unknown } {
  const json = listJson(list);
  return isRecord(json) ? json : {};
}

/** The list of that name. */
export function optionListOf({ lists }: { readonly lists: OptionLists }, name: string): OptionList {
  const list = lists.get(name);
  if (list) return list;
  const near = nearest(name, lists.keys());
  throw cannot('not_found', `There is no option list "${name.slice(0, 80)}"${near === undefined ? '.' : `; did you mean "${near}"?`}`);
}

/** The fields that use a list, for people. */
function usesText(uses: readonly ListUse[]): Sentence {
  const more = uses.length - NAMED_USES;
  const named = uses.slice(0, NAMED_USES);
  return sentence(
    (of) => named.map(({ object, field }) => `${of(field)} of ${of(object)}`).join(', ') + (more > 0 ? ` and ${more} more` : ''),
    (of) => named.map(({ object, field }) => `${of(field)} von ${of(object)}`).join(', ') + (more > 0 ? ` und ${more} weiteren` : ''),
  );
}
