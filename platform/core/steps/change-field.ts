import { sentence } from '#platform/kernel/sentence.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { definitionOf, knownSettings, readField } from '#platform/metadata/definition.ts';
import { problem, refuseProblems, type Problem } from '#platform/metadata/definition-errors.ts';
import { detached } from '#platform/metadata/option-lists.ts';
import { isStoredAlike } from '#platform/metadata/retype.ts';
import { renameField } from '#platform/metadata/rename.ts';
import { beginRetype, isCarriedOver, refuseRetyping, withoutUseless } from './retype.ts';
import { cannot, fieldOf, objectOf, putChecked, type Draft, type Fit, type StepResult } from '../draft.ts';

/** What the code of a module stands on: an administrator changes these only in fields of their own. */
const FIXED_IN_STANDARD = ['name', 'type', 'target', 'child', 'readOnly', 'initial', 'precision', 'scale', 'currencyField'];
const CHANGEABLE_IN_SYSTEM = ['label', 'help'];

/** Changes settings of a field (a null takes a setting away), renames it, or gives it another type of the same storage. */
export function changeField(draft: Draft, change: { readonly object: string; readonly field: string; readonly set: unknown }): StepResult {
  const object = objectOf(draft, change.object);
  const before = fieldOf(object, change.field);
  if (before.state === 'retired') throw cannot('wrong_state', `${before.label.en} is retired; restore it first.`);
  if (!isRecord(change.set)) throw cannot('malformed_request', 'Send the settings to change as a JSON object.');
  const set = change.set;
  refuseRetyping(before);
  refuseProblems(fixedProblems(object, before, set));
  if (before.system === true) return relabelled(draft, { object, before, set });
  const merged = mergedDefinition(before, set);
  const read = readField(merged, {
    language: draft.language,
    isChild: object.parent !== undefined,
    hasCommands: object.commands.length > 0,
    lists: draft.lists,
    before,
  });
  refuseProblems(read.problems);
  if (read.draft && isCarriedOver(before, read.draft)) return beginRetype(draft, { object, before, to: read.draft });
  refuseProblems(storageProblems(before, read.draft));
  if (!read.draft) throw new Error('A definition without problems has a draft');
  const { name, ...settings } = read.draft;
  const after: FieldDefinition = { ...identity(before), ...settings, name: before.name };
  refuseProblems(keptOptions(before, after));
  const changed = { ...object, fields: object.fields.map((field) => (field.id === before.id ? after : field)) };
  const renamed = renameField(changed, before.id, name);
  const done = putChecked(draft, renamed, `/fields/${name}`);
  const result = done.fields.find((field) => field.id === before.id) ?? after;
  return { ...told(object, before, result), fits: fitsOf(object, before, result), object: object.id };
}

/** A null takes a setting away; a new type keeps those settings that it knows too. */
export function mergedDefinition(before: FieldDefinition, set: { readonly [key: string]: unknown }): { readonly [key: string]: unknown } {
  const type = typeof set['type'] === 'string' ? set['type'] : before.type;
  const settings = definitionOf(withOptionsFor(before, set));
  if (type === before.type) return { ...settings, ...set };
  const known = isKnownType(type) ? knownSettings(type) : [];
  const kept = Object.fromEntries(Object.entries(settings).filter(([name]) => known.includes(name) && name !== 'default'));
  return { ...withoutUseless(type, kept), ...set };
}

/** A field that leaves its list keeps the options as its own; one that joins a list keeps when they are offered. */
function withOptionsFor(before: FieldDefinition, set: { readonly [key: string]: unknown }): FieldDefinition {
  if (!Object.hasOwn(set, 'optionList')) return before;
  if (set['optionList'] === null) return detached(before);
  return typeof set['optionList'] === 'string' ? { ...before, optionList: set['optionList'] } : before;
}

function isKnownType(type: string): boolean {
  try {
    return fieldType(type).name === type;
  } catch {
    return false;
  }
}

/** What of a field that came with its module these settings would change though its code stands on it. */
export function fixedProblems(
  object: ObjectDefinition,
  field: FieldDefinition,
  set: { readonly [key: string]: unknown },
): readonly Problem[] {
  if (field.system === true) {
    return Object.keys(set)
      .filter((name) => !CHANGEABLE_IN_SYSTEM.includes(name))
      .map((name) => problem(`/${name}`, 'fixed', `${field.label.en} belongs to every record; only its label can be changed.`));
  }
  if (field.custom === true) return [];
  const current = definitionOf(field);
  const fixed = FIXED_IN_STANDARD.filter((name) => Object.hasOwn(set, name) && set[name] !== current[name]);
  const loosened = ['required', 'unique'].filter((name) => current[name] === true && Object.hasOwn(set, name) && set[name] !== true);
  const isHidden = current['required'] === true && set['visibleWhen'] !== null && set['visibleWhen'] !== undefined;
  return [
    ...(isHidden && current['visibleWhen'] === undefined
      ? [problem('/visibleWhen', 'fixed', `${field.label.en} must stay visible: it is required, and ${object.module} relies on it.`)]
      : []),
    ...fixed.map((name) =>
      problem(
        `/${name}`,
        'fixed',
        `The ${name} of ${field.label.en} is fixed: ${object.module} relies on it. Its label can be changed, or add a field of your own.`,
      ),
    ),
    ...loosened.map((name) => problem(`/${name}`, 'fixed', `${field.label.en} must stay ${name}: ${object.module} relies on it.`)),
  ];
}

/** Why a field cannot take another type: its values are stored differently. */
export function storageProblems(before: FieldDefinition, after: { readonly type: string } | undefined): readonly Problem[] {
  if (!after || after.type === before.type) return [];
  if (isStoredAlike(before.type, after.type)) return [];
  const from = fieldType(before.type);
  const to = fieldType(after.type);
  return [
    problem(
      '/type',
      'storage',
      `A field of type ${from.label.en.toLowerCase()} cannot become ${to.label.en.toLowerCase()}: they are stored differently. Add a new field of that type and copy the values.`,
    ),
  ];
}

/** Options of a standard field that code may name stay choosable. */
export function keptOptions(before: FieldDefinition, after: FieldDefinition): readonly Problem[] {
  if (before.custom === true || before.type !== 'status') return [];
  const lost = (after.options ?? []).filter(
    (option) => option.retired === true && before.options?.some((old) => old.key === option.key && old.retired !== true) === true,
  );
  return lost.map((option) => problem('/options', 'fixed', `The status "${option.key}" cannot be taken away: commands lead to it.`));
}

/** What of a field no change of its settings touches. */
export function identity(
  field: FieldDefinition,
): Pick<FieldDefinition, 'id' | 'column' | 'state' | 'custom' | 'aliases' | 'retype' | 'former'> {
  return {
    id: field.id,
    column: field.column,
    state: field.state,
    ...(field.custom === undefined ? {} : { custom: field.custom }),
    ...(field.aliases === undefined ? {} : { aliases: field.aliases }),
    ...(field.retype === undefined ? {} : { retype: field.retype }),
    ...(field.former === undefined ? {} : { former: field.former }),
  };
}

type Relabelling = {
  readonly object: ObjectDefinition;
  readonly before: FieldDefinition;
  readonly set: { readonly [key: string]: unknown };
};

function relabelled(draft: Draft, { object, before, set }: Relabelling): StepResult {
  const read = readField(
    { name: 'label', type: 'text', label: before.label, ...(before.help ? { help: before.help } : {}), ...set },
    { language: draft.language, isChild: false, hasCommands: false, before },
  );
  refuseProblems(read.problems);
  const after: FieldDefinition = {
    ...before,
    ...(read.draft?.label ? { label: read.draft.label } : {}),
    ...(read.draft?.help ? { help: read.draft.help } : {}),
  };
  putChecked(
    draft,
    { ...object, fields: object.fields.map((field) => (field.id === before.id ? after : field)) },
    `/fields/${before.name}`,
  );
  return { ...told(object, before, after), object: object.id };
}

function told(object: ObjectDefinition, before: FieldDefinition, after: FieldDefinition): Pick<StepResult, 'facts' | 'summary'> {
  const facts = [{ type: 'FieldChanged', object: object.name, field: after.name }] as const;
  if (before.name !== after.name) {
    return {
      facts,
      summary: sentence(
        (of) => `Field ${before.name} of ${of(object)} renamed to ${after.name}`,
        (of) => `Feld ${before.name} von ${of(object)} in ${after.name} umbenannt`,
      ),
    };
  }
  return {
    facts,
    summary: sentence(
      (of) => `Field ${of(after)} of ${of(object)} changed`,
      (of) => `Feld ${of(after)} von ${of(object)} geändert`,
    ),
  };
}

const BOUNDS = ['options', 'maxLength', 'minimum', 'maximum', 'precision', 'scale', 'pattern'] as const;
const CHECKED_SETTINGS = [...BOUNDS, 'required', 'requiredWhen', 'visibleWhen'] as const;

/** What the owning service has to look at: a new unique key and a new type must fit the rows, tighter rules are only counted. */
export function fitsOf(object: ObjectDefinition, before: FieldDefinition, after: FieldDefinition): readonly Fit[] {
  const question = { module: object.module, object: object.name, before, after };
  if (before.type !== after.type || (after.unique === true && before.unique !== true)) return [{ ...question, mustFit: true }];
  const isTighter = CHECKED_SETTINGS.some(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]) && after[name] !== undefined,
  );
  return isTighter ? [{ ...question, mustFit: false }] : [];
}
