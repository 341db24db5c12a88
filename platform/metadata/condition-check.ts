import { conditionsOf } from '#platform/kernel/conditions/field-rules.ts';
import { comparisonsOf, namesIn, type Comparison } from '#platform/kernel/conditions/names.ts';
import { isConditionOperator, type ConditionOperator } from '#platform/kernel/conditions/operators.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { FieldDefinition, ObjectDefinition } from '#platform/kernel/model.ts';
import { nearest } from '#platform/kernel/nearest.ts';
import { comparedProblem } from './condition-values.ts';
import { problem, type Problem } from './definition-errors.ts';
import { apiNameOf } from './schema-index.ts';

/** What is wrong with the conditions of an object's fields: names, operators and values, and fields that would hide each other for good. */
export function conditionProblems(object: ObjectDefinition): readonly Problem[] {
  const living = object.fields.filter((field) => field.state !== 'retired');
  const byKey = new Map(living.map((field) => [apiNameOf(field), field]));
  return living.flatMap((field) => [
    ...conditionsOf(field).flatMap(({ at, condition }) =>
      comparisonsOf(condition)
        .flatMap((comparison) => comparisonProblem(comparison, { object, byKey }) ?? [])
        .slice(0, 1)
        .map(({ rule, message }) => problem(`/fields/${field.name}${at}`, rule, message)),
    ),
    ...ownOptionProblem(field),
    ...circleProblem(field, byKey),
  ]);
}

/** What is wrong with a condition that is asked of an object's records: the first comparison that cannot be made. */
export function askedProblem(object: ObjectDefinition, condition: unknown): Wrong | undefined {
  const byKey = new Map(object.fields.filter((field) => field.state !== 'retired').map((field) => [apiNameOf(field), field]));
  return comparisonsOf(condition).flatMap((comparison) => comparisonProblem(comparison, { object, byKey }) ?? [])[0];
}

type Named = { readonly object: ObjectDefinition; readonly byKey: ReadonlyMap<string, FieldDefinition> };
type Wrong = { readonly rule: string; readonly message: string };

function comparisonProblem({ name, operator, value }: Comparison, { object, byKey }: Named): Wrong | null {
  const field = byKey.get(name);
  if (!field) return { rule: 'unknown', message: `${object.label.en} has no field "${name.slice(0, 80)}"${hint(name, byKey)}` };
  const allowed = operatorsOf(field);
  const { label } = field;
  if (allowed.length === 0) return { rule: 'operator', message: `${label.en} cannot be part of a condition.` };
  const known = allowed.find((one) => one === operator);
  if (!known)
    return {
      rule: 'operator',
      message: `${label.en} cannot be compared by "${operator.slice(0, 40)}" in a condition, only by ${allowed.join(', ')}.`,
    };
  const wrong = comparedProblem(field, known, value);
  return wrong === null ? null : { rule: 'value', message: `${label.en} ${wrong}.` };
}

/** What a condition may ask of a field: what filters may, as far as the record alone can answer it. */
export function operatorsOf(field: FieldDefinition): readonly ConditionOperator[] {
  const { operators, storage, isMarkup } = fieldType(field.type);
  const answerable = operators.filter((one) => isConditionOperator(one, storage));
  return isMarkup === true ? answerable.filter((one) => one === 'isNull') : answerable;
}

function hint(name: string, byKey: Named['byKey']): string {
  if (name.includes('.')) return ': a condition asks about fields of the same object.';
  const found = [...byKey].find(([, field]) => field.name === name || field.aliases?.includes(name) === true)?.[0];
  const near = found ?? nearest(name, byKey.keys());
  return near === undefined ? ' to ask about.' : `; did you mean "${near}"?`;
}

/** A field whose showing depends on its own value, itself or through others, could never come to light. */
function circleProblem(field: FieldDefinition, byKey: Named['byKey']): readonly Problem[] {
  const key = apiNameOf(field);
  const seen = new Set<string>();
  let next = [...namesIn(field.visibleWhen)];
  while (next.length > 0 && !seen.has(key)) {
    for (const name of next) seen.add(name);
    next = next.flatMap((name) => [...namesIn(byKey.get(name)?.visibleWhen)]).filter((name) => !seen.has(name));
  }
  if (!seen.has(key)) return [];
  const message = `${field.label.en} would be shown only by what depends on it itself, so it could never be seen.`;
  return [problem(`/fields/${field.name}/visibleWhen`, 'circle', message)];
}

/** An option is offered by what the other fields say: by its own it would go as soon as it is chosen. */
function ownOptionProblem(field: FieldDefinition): readonly Problem[] {
  const own = conditionsOf(field).filter(({ at, condition }) => at.startsWith('/options') && namesIn(condition).has(apiNameOf(field)));
  return own.map(({ at }) =>
    problem(`/fields/${field.name}${at}`, 'circle', `${field.label.en} cannot decide which of its own options it offers.`),
  );
}
