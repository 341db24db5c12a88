import { sentence } from '#platform/kernel/sentence.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import type { Features, FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { CHANGEABLE_SETTINGS } from '#platform/metadata/customised-schema.ts';
import { featureFields, readObject } from '#platform/metadata/definition-object.ts';
import { problem, refuseProblems } from '#platform/metadata/definition-errors.ts';
import { findField } from '#platform/metadata/layout.ts';
import { systemFields } from '#platform/metadata/system-fields.ts';
import { dependantsOfObject } from '../dependants.ts';
import { cannot, goingOf, objectOf, putChecked, refuseAmiss, type Draft, type Fit, type ObjectFact, type StepResult } from '../draft.ts';
import { refuseStandard } from './objects.ts';
import { togetherFits } from './unique-together.ts';

/** Features that stand for a field of the same name. */
export const FEATURE_FIELDS = ['number', 'status', 'currency'] as const;

/** Changes texts, icon, title, sort, rules of uniqueness and features of an object. A feature that is switched off retires its field. */
export function changeObject(draft: Draft, change: { readonly object: string; readonly set: unknown }): StepResult {
  const object = objectOf(draft, change.object);
  if (object.state === 'retired') throw cannot('wrong_state', `${object.label.en} is retired; restore it first.`);
  if (!isRecord(change.set)) throw cannot('malformed_request', 'Send the settings to change as a JSON object.');
  const set = change.set;
  refuseProblems(
    Object.keys(set)
      .filter((name) => !CHANGEABLE_SETTINGS.includes(name))
      .map((name) =>
        problem(
          `/${name}`,
          isFixed(object, name) ? 'fixed' : 'unknown',
          isFixed(object, name)
            ? `The ${name} of an object stays as it is for life.`
            : `There is no setting "${name}" here; change ${CHANGEABLE_SETTINGS.join(', ')}.`,
        ),
      ),
  );
  const features: unknown = isRecord(set['features']) ? { ...object.features, ...set['features'] } : (set['features'] ?? object.features);
  const read = readObject(settingsOf(object, { ...set, features }), { language: draft.language, before: object });
  refuseProblems(read.problems);
  if (!read.draft) throw new Error('A definition without problems has a draft');
  const { icon: _icon, defaultSort: _sort, uniqueTogether: _together, layoutRules: _rules, ...rest } = object;
  const changed = withFeatures(draft, { ...rest, ...read.draft, titleField: titled(object, read.draft.titleField) }, object.features);
  const made = putChecked(draft, changed, '');
  return {
    facts: [{ type: 'ObjectChanged', object: object.name }],
    summary: sentence(
      (of) => `Object ${of(made)} changed`,
      (of) => `Objekt ${of(made)} geändert`,
    ),
    fits: togetherFits(object, made),
    object: object.id,
  };
}

function isFixed(object: ObjectDefinition, name: string): boolean {
  return Object.hasOwn(object, name);
}

/** A title may be named by a former name; what is kept is the current one. */
function titled(object: ObjectDefinition, name: string | undefined): string {
  return name === undefined ? object.titleField : (findField(object, name)?.name ?? name);
}

/** The settings of an object with some of them changed, as a definition that could be sent. */
export function settingsOf(object: ObjectDefinition, set: { readonly [key: string]: unknown }): { readonly [key: string]: unknown } {
  const { name, module, collection, label, pluralLabel, icon, titleField, parent, defaultSort, emits, storedBy, editableIn } = object;
  const { uniqueTogether, layoutRules } = object;
  const texts = { name, module, collection, label, pluralLabel, icon };
  return { ...texts, titleField, parent, defaultSort, emits, storedBy, editableIn, uniqueTogether, layoutRules, ...set };
}

function withFeatures(draft: Draft, object: ObjectDefinition, before: Features): ObjectDefinition {
  const wanted = systemFields({ id: object.id, parent: object.parent, features: object.features });
  const kept = object.fields.filter((field) => field.system !== true);
  const retired = kept.map((field) =>
    toggled(field, { before, after: object.features, now: draft.now, isStandard: object.custom !== true }),
  );
  const named = new Set(kept.map((field) => field.name));
  const added = featureFields(object.features, named, object.name.slice(0, 2).toUpperCase()).map((field): FieldDefinition => {
    const id = draft.newId();
    return { ...field, id, column: `c_${id}`, state: 'active', custom: true };
  });
  const system = new Map(object.fields.filter((field) => field.system === true).map((field) => [field.id, field]));
  return { ...object, fields: [...wanted.map((field) => system.get(field.id) ?? field), ...retired, ...added] };
}

type Toggle = {
  readonly before: Features;
  readonly after: Features;
  readonly now: string;
  readonly isStandard: boolean;
};

function toggled(field: FieldDefinition, { before, after, now, isStandard }: Toggle): FieldDefinition {
  const feature = FEATURE_FIELDS.find((name) => name === field.name);
  if (!feature || before[feature] === after[feature]) return field;
  if (after[feature] === true) {
    const { retiredAt: _retiredAt, ...rest } = field;
    return { ...rest, state: 'active' };
  }
  if (isStandard && field.custom !== true)
    throw cannot(
      'in_use',
      sentence(
        (of) => `${of(field)} is part of the object and cannot be switched off.`,
        (of) => `${of(field)} gehört zum Objekt und lässt sich nicht abschalten.`,
      ),
    );
  return { ...field, state: 'retired', retiredAt: now };
}

/** Takes a custom object out of use, with the rows that live in it, and keeps the data for 30 days. */
export function retireObject(draft: Draft, change: { readonly object: string }): StepResult {
  const object = objectOf(draft, change.object);
  refuseStandard(object, { en: 'retired', de: 'stillgelegt' });
  if (object.state === 'retired')
    throw cannot(
      'wrong_state',
      sentence(
        (of) => `${of(object)} is retired already.`,
        (of) => `${of(object)} ist schon stillgelegt.`,
      ),
    );
  refuseUsed(draft, object);
  for (const one of family(draft, object)) draft.objects.set(one.id, { ...one, state: 'retired', retiredAt: draft.now });
  return { ...told(object, 'ObjectRetired', ['retired', 'stillgelegt']), fits: rowsGoing(object) };
}

/** Brings a retired object back, with the rows that were retired with it. */
export function restoreObject(draft: Draft, change: { readonly object: string }): StepResult {
  const object = objectOf(draft, change.object);
  if (object.state !== 'retired')
    throw cannot(
      'wrong_state',
      sentence(
        (of) => `${of(object)} is in use; there is nothing to restore.`,
        (of) => `${of(object)} ist in Gebrauch; es gibt nichts wiederherzustellen.`,
      ),
    );
  const others = [...draft.objects.values()].filter((one) => one.state === 'active');
  const taken = others.find((one) => one.name === object.name || (one.module === object.module && one.collection === object.collection));
  if (taken)
    throw cannot(
      'conflict',
      sentence(
        (of) => `Another object took the name meanwhile: ${of(taken)}.`,
        (of) => `Den Namen hat inzwischen ein anderes Objekt: ${of(taken)}.`,
      ),
    );
  const together = family(draft, object).filter((one) => one.retiredAt === object.retiredAt);
  for (const one of together) {
    const { retiredAt: _retiredAt, ...rest } = one;
    draft.objects.set(one.id, { ...rest, state: 'active' });
  }
  for (const one of together) refuseAmiss(draft, one.id);
  return told(object, 'ObjectRestored', ['restored', 'wiederhergestellt']);
}

/** Drops a custom object with its data, for good. */
export function dropObject(draft: Draft, change: { readonly object: string }): StepResult {
  const object = objectOf(draft, change.object);
  refuseStandard(object, { en: 'dropped', de: 'gelöscht' });
  refuseUsed(draft, object);
  for (const one of family(draft, object)) draft.objects.delete(one.id);
  return { ...told(object, 'ObjectDropped', ['dropped with its data', 'mit seinen Daten gelöscht']), fits: rowsGoing(object) };
}

/** Refuses to take an object away that others refer to. */
export function refuseUsed(draft: Draft, object: ObjectDefinition): void {
  const [first, ...more] = dependantsOfObject([...draft.objects.values()], object);
  if (first)
    throw cannot(
      'in_use',
      sentence(
        (of) =>
          `${of(object)} cannot be taken away: ${first.where}${more.length > 0 ? ` (and ${more.length} more)` : ''}. Retire those fields first.`,
        (of) =>
          `${of(object)} kann nicht weg: Das Feld ${of(first)} braucht es${more.length > 0 ? ` (und ${more.length} weitere)` : ''}. Legen Sie das zuerst still.`,
      ),
    );
}

function family(draft: Draft, object: ObjectDefinition): readonly ObjectDefinition[] {
  return [object, ...[...draft.objects.values()].filter((one) => one.parent === object.name && one.id !== object.id)];
}

/** Every record has a key, so as many go as have one. */
function rowsGoing(object: ObjectDefinition): readonly Fit[] {
  return object.fields.filter((field) => field.system === true && field.name === 'id').map((key) => goingOf(object, key));
}

function told(object: ObjectDefinition, type: ObjectFact['type'], words: readonly [string, string]): StepResult {
  return {
    facts: [{ type, object: object.name }],
    summary: sentence(
      (of) => `Object ${of(object)} ${words[0]}`,
      (of) => `Objekt ${of(object)} ${words[1]}`,
    ),
    object: object.id,
  };
}
