import { isDeepStrictEqual } from 'node:util';
import { isList } from '#platform/kernel/json.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { readField, type FieldDraft } from '#platform/metadata/definition.ts';
import { escapePointer, problem } from '#platform/metadata/definition-errors.ts';
import { detached, withFormer } from '#platform/metadata/option-lists.ts';
import { fixedProblems, identity, keptOptions, mergedDefinition, storageProblems } from '../steps/change-field.ts';
import { isCarriedOver, pendingRetype } from '../steps/retype.ts';
import { changedField, ownField, type Settings } from './customised-file.ts';
import { mayGo, note, withLeftOptions, type Following } from './target.ts';

/**
 * The fields that an object has when it follows its file: those of the standard with what was changed of them, and their own by their
 * ids. What is there and not in the file stays, unless it was named to go.
 */
export function followFields(following: Following, base: ObjectDefinition): readonly FieldDefinition[] {
  const { file, current } = following;
  const of = current ?? base;
  const standard = base.fields.map((field) => standardField(following, base, field));
  const known = new Set(base.fields.map((field) => field.id));
  for (const id of Object.keys(file.standardFields ?? {}))
    if (!known.has(id))
      note(following, `/standardFields/${escapePointer(id)}`, [
        problem('', 'unknown', `${base.label.en} has no field "${id}" here. The file may come from another release.`),
      ]);
  const given = new Map((file.fields ?? []).map((field, position) => [field.id, givenField(following, base, { field, position })]));
  const had = (current?.fields ?? []).filter((field) => field.custom === true);
  const kept = had.map((field) => given.get(field.id) ?? leftField(following, of, field));
  const added = [...given].flatMap(([id, field]) => (field && !had.some((one) => one.id === id) ? [field] : []));
  return [...standard, ...kept, ...added];
}

function standardField(following: Following, object: ObjectDefinition, base: FieldDefinition): FieldDefinition {
  const { file, current, target } = following;
  const set = file.standardFields?.[base.id] ?? {};
  const now = current?.fields.find((field) => field.id === base.id) ?? base;
  if (isDeepStrictEqual(set, changedField(base, now))) return now;
  const { retired, ...settings } = set;
  const pointer = `/standardFields/${escapePointer(base.id)}`;
  note(following, pointer, fixedProblems(object, base, settings));
  const draft = readSettings(following, object, { settings: mergedFor(base, settings), pointer, before: now });
  const { retiredAt: _since, ...active } = { ...base, ...(base.system === true ? textsOf(draft) : draft) };
  const changed = { ...active, name: base.name, state: base.state };
  note(following, `${pointer}/options`, keptOptions(base, changed));
  if (retired !== true || base.system === true) return changed;
  if (now.state === 'retired')
    return { ...changed, state: 'retired', ...(now.retiredAt === undefined ? {} : { retiredAt: now.retiredAt }) };
  const isGoing = mayGo(target, 'field', `${object.name}.${base.name}`);
  return isGoing ? { ...changed, state: 'retired', retiredAt: target.draft.now } : changed;
}

/** Of fields that every record has, only their texts can be changed. */
function textsOf(draft: FieldDraft | undefined): Partial<FieldDraft> {
  return draft ? { label: draft.label, ...(draft.help ? { help: draft.help } : {}) } : {};
}

function mergedFor(base: FieldDefinition, settings: Settings): { readonly [name: string]: unknown } {
  if (base.system !== true) return mergedDefinition(base, settings);
  return { name: 'label', type: 'text', label: base.label, ...(base.help ? { help: base.help } : {}), ...settings };
}

type Given = { readonly field: Settings & { readonly id: string }; readonly position: number };

function givenField(following: Following, object: ObjectDefinition, given: Given): FieldDefinition | undefined {
  const { target, current } = following;
  const { id, aliases, ...settings } = given.field;
  const pointer = `/fields/${given.position}`;
  const before = current?.fields.find((field) => field.id === id);
  if (before && before.state !== 'retired' && isDeepStrictEqual(ownField(before), given.field)) return before;
  const owner = target.fieldOwners.get(id);
  if (owner !== undefined && owner !== object.id) {
    note(following, pointer, [problem('/id', 'duplicate', `The id "${id}" is that of a field of another object here.`)]);
    return undefined;
  }
  const draft = readSettings(following, object, { settings, pointer, before });
  if (!draft) return before;
  if (before && before.state !== 'retired' && isCarriedOver(before, draft)) return pendingRetype(target.draft, before, draft);
  if (before) note(following, pointer, storageProblems(before, draft));
  const former = isList(aliases) ? { aliases: aliases.map(String) } : {};
  const { aliases: _aliases, ...same } = before ? identity(before) : { id, column: `c_${id}`, custom: true };
  return { ...same, ...former, ...draft, state: 'active' };
}

type Reading = {
  readonly settings: { readonly [name: string]: unknown };
  readonly pointer: string;
  readonly before: FieldDefinition | undefined;
};

/**
 * A definition that says everything: labels are taken as they are written, and options that it leaves out stay until they are named. Those of
 * a list are the list's; what the field had besides is retired.
 */
function readSettings(following: Following, object: ObjectDefinition, { settings, pointer, before }: Reading): FieldDraft | undefined {
  const { target } = following;
  const { options, optionList } = settings;
  const own =
    typeof optionList !== 'string' && isList(options) && before ? { given: options, before: detached(before).options ?? [] } : null;
  const whole = own && before ? { ...settings, options: withLeftOptions(target, `${object.name}.${before.name}`, own) } : settings;
  const read = readField(whole, {
    language: 'en',
    isChild: object.parent !== undefined,
    hasCommands: object.commands.length > 0,
    lists: target.draft.lists,
  });
  note(following, pointer, read.problems);
  return read.draft && withFormer(read.draft, before, target.draft.lists);
}

function leftField({ target }: Following, object: ObjectDefinition, field: FieldDefinition): FieldDefinition {
  if (field.state === 'retired' || !mayGo(target, 'field', `${object.name}.${field.name}`)) return field;
  return { ...field, state: 'retired', retiredAt: target.draft.now };
}
