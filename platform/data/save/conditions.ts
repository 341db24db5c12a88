import { isEmpty } from '#platform/kernel/conditions/compare.ts';
import { fieldRules, fieldStates, type FieldRules, type FieldState } from '#platform/kernel/conditions/field-rules.ts';
import type { FieldError } from '#platform/kernel/errors.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import type { FieldDefinition, ObjectDefinition, Option } from '#platform/kernel/model.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { perObject } from '#platform/metadata/per-object.ts';
import { apiNameOf } from '#platform/metadata/schema-index.ts';
import { compileValidator } from '#platform/metadata/validator.ts';
import { childFields, rowsOf } from './children.ts';
import { withDefaults } from './defaults.ts';
import { differencesOf } from './differences.ts';
import type { Saving } from './saving.ts';

/** A record, or a row of one, on its way: as it was asked for, as the hooks have made it, and as it was; `before: null` is a new one. */
export type Step = { readonly asked: RecordValues; readonly result: RecordValues; readonly before: RecordValues | null };

/**
 * What the conditions of fields refuse, in a record and in its rows. Whether a value is required, or may be there at all, is judged by the
 * record that is made. What was missing before under the same condition may go on missing, so that old records can be edited; and a field is
 * closed only if it is so before the change and after it. An option must be offered by the record that is made, or was chosen before without
 * being offered. The platform's own saves may set closed and hidden fields, and choose any option.
 */
export function conditionErrors(saving: Saving, object: ObjectDefinition, step: Step): readonly FieldError[] {
  const own = rulesOf(saving.index, object);
  const errors = own ? errorsOf(saving, { object, ...own, pointer: '' }, step) : [];
  const rows = childFields(saving.index, object).flatMap(({ field, child }) => {
    const rules = rulesOf(saving.index, child);
    return rules
      ? rowSteps(step, field.name).flatMap(({ at, row }) => errorsOf(saving, { object: child, ...rules, pointer: at }, row))
      : [];
  });
  return rows.length === 0 ? errors : [...errors, ...rows];
}

type Ruled = { readonly rules: FieldRules; readonly fields: readonly FieldDefinition[] };

/** The rules of an object under one schema, and the fields that have any; null when none has. */
const rulesOf = perObject((index, object): Ruled | null => {
  const { all } = index.fieldsOf(object);
  const rules = fieldRules(all.map((field) => ({ ...field, key: apiNameOf(field), storage: fieldType(field.type).storage })));
  return rules.ruled.size === 0 ? null : { rules, fields: all.filter((field) => rules.ruled.has(apiNameOf(field))) };
});

function rowSteps(step: Step, name: string): readonly { readonly at: string; readonly row: Step }[] {
  const asked = new Map(rowsOf(step.asked, name).map((row) => [row['id'], row]));
  const before = new Map(rowsOf(step.before, name).map((row) => [row['id'], row]));
  return rowsOf(step.result, name).map((result, position) => ({
    at: `/${name}/${position}`,
    row: { asked: asked.get(result['id']) ?? result, result, before: before.get(result['id']) ?? null },
  }));
}

type Place = Ruled & { readonly object: ObjectDefinition; readonly pointer: string };

function errorsOf(saving: Saving, place: Place, step: Step): readonly FieldError[] {
  const { result, before } = step;
  const now = fieldStates(place.rules, result, saving.caller);
  const then = before && fieldStates(place.rules, before, saving.caller);
  const isSystem = saving.options.asSystem === true;
  let known: ReadonlySet<string> | null = null;
  const isGiven = (key: string): boolean => (known ??= givenKeys(saving, place, step)).has(key);
  return place.fields.flatMap((field) => {
    const key = apiNameOf(field);
    const states = { now: now(key), then: then?.(key) ?? null };
    const values = { now: result[key], then: before?.[key] };
    const closed = isSystem ? null : closedProblem(states, step.asked[key]);
    const unoffered = isSystem || !field.options ? null : unofferedProblem(states, values, field.options);
    const wrong =
      missingProblem(states, values) ??
      (closed && isGiven(key) ? closed : null) ??
      (unoffered && (before !== null || isGiven(key)) ? unoffered : null);
    if (!wrong) return [];
    const message = `${field.label.en} ${wrong.message}.`;
    return [{ pointer: `${place.pointer}/${key}`, field: key, rule: wrong.rule, message, label: field.label }];
  });
}

type States = { readonly now: FieldState; readonly then: FieldState | null };
type Values = { readonly now: unknown; readonly then: unknown };
type Wrong = { readonly rule: string; readonly message: string };

function missingProblem({ now, then }: States, values: Values): Wrong | null {
  if (!now.isRequired || !isEmpty(values.now)) return null;
  const wasMissing = then?.isRequired === true && isEmpty(values.then);
  return wasMissing ? null : { rule: 'required', message: 'is required' };
}

function closedProblem({ now, then }: States, asked: unknown): Wrong | null {
  if (!now.isVisible && !isEmpty(asked)) return { rule: 'visibleWhen', message: 'is not asked for in this record, so it takes no value' };
  const isClosed = now.isReadOnly && (then === null || then.isReadOnly);
  return isClosed ? { rule: 'readOnly', message: 'is closed in this record and cannot be changed' } : null;
}

/** An option that is not offered in the record as it comes out, unless it was there before and was not offered then either. */
function unofferedProblem({ now, then }: States, values: Values, options: readonly Option[]): Wrong | null {
  if (!now.isVisible) return null;
  const had = new Set(keysOf(values.then));
  const wrong = keysOf(values.now).find((key) => !now.offers(key) && !(had.has(key) && then?.offers(key) === false));
  if (wrong === undefined) return null;
  const option = options.find(({ key }) => key === wrong);
  return { rule: 'option', message: `does not offer ${option?.label.en ?? wrong} in this record` };
}

function keysOf(value: unknown): readonly string[] {
  if (isList(value)) return value.map(plainText);
  return isEmpty(value) ? [] : [plainText(value)];
}

/** The keys under which the caller wants other values than are there, or than a new record begins with. */
function givenKeys(saving: Saving, place: Place, { asked, before }: Step): ReadonlySet<string> {
  const from = before ?? beginning(saving, place);
  const differences = Object.entries(differencesOf(saving.index, place.object, { before: { ...from }, after: { ...asked } }));
  const given = before ? differences : differences.filter(([, { old, new: now }]) => !isSameMoment(old, now));
  return new Set(given.map(([key]) => key));
}

/** The defaults of the fields with rules, in canonical form. */
function beginning(saving: Saving, { object, fields }: Place): RecordValues {
  const { index, caller } = saving;
  const keys = new Set(fields.map((field) => apiNameOf(field)));
  const defaults = Object.entries(withDefaults({}, { index, object, caller })).filter(([key]) => keys.has(key));
  return compileValidator(index, object)(Object.fromEntries(defaults), 'update').values;
}

const MOMENT_MS = 60_000;
const INSTANT = /^\d{4}-\d{2}-\d{2}T/;

/** A default counted from now was worked out a moment ago, by the server or by the screens. */
function isSameMoment(begun: unknown, asked: unknown): boolean {
  if (typeof begun !== 'string' || typeof asked !== 'string' || !INSTANT.test(begun)) return false;
  return Math.abs(Date.parse(begun) - Date.parse(asked)) < MOMENT_MS;
}
