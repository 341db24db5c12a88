import { conditionsOf, withConditions } from '#platform/kernel/conditions/field-rules.ts';
import { comparisonsOf, namesIn } from '#platform/kernel/conditions/names.ts';
import type { JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import { GIVEN_TYPES } from '#platform/kernel/given-types.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { isList } from '#platform/kernel/json.ts';
import type { Condition, FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { trusted } from '#platform/kernel/seam.ts';
import { problem, type Problem } from './definition-errors.ts';
import { unstorable } from './text-check.ts';
import { renamedInFilter } from './view.ts';

/** How deep `and`, `or` and `not` may be nested in a condition, how many comparisons it may make, and how long it may be as JSON. */
const LEVELS_MAX = 5;
const COMPARISONS_MAX = 50;
const BYTES_MAX = 20_000;

type Draft = Omit<FieldDefinition, 'id' | 'column' | 'state'>;

const condition = (what: string): JsonSchema => ({
  type: 'object',
  minProperties: 1,
  description: `${what} A filter in API names of the same object: {"kind":"stone"}, {"or":[{"total":{"gte":"100"}},{"urgent":true}]}.`,
});

/** The conditions that every field may have, as JSON Schema properties. */
export const CONDITION_SCHEMAS = {
  visibleWhen: condition('Asked and shown only in records that meet it.'),
  requiredWhen: condition('Required in records that meet it.'),
  readOnlyWhen: condition('Closed to people in records that meet it.'),
} as const;

/** Given or drawn by the platform: nobody could be asked for it, and nobody may change it anyway. */

/** What is wrong with the conditions of a field by themselves; what they name is checked with the whole object at hand. */
export function conditionShapeProblems(draft: Draft): readonly Problem[] {
  return conditionsOf(draft).flatMap(({ at, condition: given }) => {
    const wrong = pointlessProblem(draft, at) ?? conditionProblem(given);
    return wrong === null ? [] : [problem(at, 'condition', wrong)];
  });
}

/** What is wrong with a condition by itself, whatever it is asked for. */
export function conditionProblem(given: unknown): string | null {
  return sizeProblem(given) ?? shapeProblem(given, 1);
}

function pointlessProblem(draft: Draft, at: string): string | null {
  const isGiven = draft.readOnly === true || draft.type === 'status' || GIVEN_TYPES.includes(draft.type);
  if (isGiven && at !== '/visibleWhen') return 'The platform gives this field its value: it can only be shown under a condition.';
  if (at === '/requiredWhen' && draft.required === true) return 'The field is required already: take one of "required" and "requiredWhen".';
  return null;
}

function sizeProblem(given: unknown): string | null {
  if (unstorable(given) !== null || JSON.stringify(given).length > BYTES_MAX)
    return `The condition is longer than ${BYTES_MAX} characters, nested without end, or has characters that cannot be stored.`;
  const count = comparisonsOf(given).length;
  if (count > COMPARISONS_MAX) return `A condition may make ${COMPARISONS_MAX} comparisons; this one makes ${count}.`;
  return count === 0 ? 'A condition compares at least one field, such as {"kind":{"eq":"stone"}}.' : null;
}

function shapeProblem(given: unknown, level: number): string | null {
  if (level > LEVELS_MAX) return `A condition may be nested ${LEVELS_MAX} levels deep.`;
  if (!isRecord(given) || Object.keys(given).length === 0) return 'A condition is an object such as {"kind":{"eq":"stone"}}.';
  for (const [key, value] of Object.entries(given)) {
    const wrong = entryProblem(key, value, level);
    if (wrong !== null) return wrong;
  }
  return null;
}

function entryProblem(key: string, value: unknown, level: number): string | null {
  if (key === 'not') return shapeProblem(value, level + 1);
  if (key !== 'and' && key !== 'or')
    return isRecord(value) && Object.keys(value).length === 0 ? `"${key}" is compared with nothing.` : null;
  if (!isList(value) || value.length === 0) return `"${key}" takes a list of conditions.`;
  for (const part of value) {
    const wrong = shapeProblem(part, level + 1);
    if (wrong !== null) return wrong;
  }
  return null;
}

/** A condition in which fields go by their new names. */
export function renamedCondition(given: Condition, names: ReadonlyMap<string, string>): Condition {
  return trusted<Condition>(renamedInFilter(given, (written) => names.get(written) ?? written));
}

/** The field with its conditions in which others go by their new names. */
export function withRenamedConditions(field: FieldDefinition, names: ReadonlyMap<string, string>): FieldDefinition {
  return withConditions(field, (given) => renamedCondition(given, names));
}

/** The object whose fields, as far as `where` says, have no condition on this name any more. */
export function withoutConditionsOn(object: ObjectDefinition, name: string, where: (field: FieldDefinition) => boolean): ObjectDefinition {
  const cleared = (field: FieldDefinition): FieldDefinition =>
    withConditions(field, (given) => (namesIn(given).has(name) ? undefined : given));
  return { ...object, fields: object.fields.map((field) => (where(field) ? cleared(field) : field)) };
}
