import { Refusal } from '#platform/kernel/errors.ts';
import type { Operator } from '#platform/kernel/field-types/field-type.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import { isRecord } from '#platform/kernel/is-record.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import { findChildren, resolvePath, shown, type Children, type Side } from '../names.ts';
import { newJoins, pathExpression, relatedRows, type Builder, type Expression, type Joins } from './builder.ts';
import { negated, OPERATORS } from './operators.ts';

/** How deep `and`, `or`, `not`, `some` and `none` may be nested, and how many comparisons one filter may make. */
const FILTER_DEPTH_MAX = 5;
const CONDITIONS_MAX = 100;

/** What a name in a filter stands for. */
export type Operand = { readonly field: FieldDefinition; readonly on: Expression };

/** What a filter is about: what its names mean, and which names are children. `comparisons` counts over the whole filter. */
export type Filtered = {
  readonly builder: Builder;
  readonly operand: (name: string) => Operand;
  readonly children: (name: string) => { readonly found: Children; readonly parent: string } | null;
  readonly count: { comparisons: number };
};

/** A filter on the records behind an alias, the base of `joins`. */
export function recordFilter(builder: Builder, joins: Joins, row: { side: Side; alias: string }, count = { comparisons: 0 }): Filtered {
  const operand = (name: string): Operand => {
    const path = resolvePath(builder.scope, row.side, name);
    return { field: path.field, on: pathExpression(joins, path) };
  };
  const children = (name: string) => {
    const found = findChildren(builder.scope, row.side, name);
    return found && { found, parent: row.alias };
  };
  return { builder, operand, children, count };
}

/**
 * The SQL condition of a filter in its JSON form: `{status: 'sent', total: {gte: '100'}, or: [{…}, {…}], lines: {some: {…}}}`.
 * Refuses unknown names and operators (400) and values that the field cannot be compared with (422).
 */
export function filterCondition(filtered: Filtered, filter: unknown, depth = 0): string {
  if (!isRecord(filter)) throw malformed('A filter is an object such as {"status":"sent"}.');
  if (depth > FILTER_DEPTH_MAX) throw malformed(`A filter may be nested ${FILTER_DEPTH_MAX} levels deep.`);
  return joined(
    Object.entries(filter).map(([key, value]) => entryCondition(filtered, { key, value, depth })),
    'and',
  );
}

type Entry = { readonly key: string; readonly value: unknown; readonly depth: number };

function entryCondition(filtered: Filtered, { key, value, depth }: Entry): string {
  if (key === 'and' || key === 'or') {
    if (!Array.isArray(value)) throw malformed(`"${key}" takes a list of filters.`);
    return joined(
      value.map((part) => filterCondition(filtered, part, depth + 1)),
      key,
    );
  }
  if (key === 'not') return negated(filterCondition(filtered, value, depth + 1));
  const children = filtered.children(key);
  if (!children) return fieldCondition(filtered, key, value);
  const tests = isRecord(value) ? Object.entries(value) : [['eq', value] as const];
  return joined(
    tests.map(([operator, part]) => childrenCondition(filtered, children, { key, operator, part, depth })),
    'and',
  );
}

function fieldCondition(filtered: Filtered, name: string, value: unknown): string {
  const { builder } = filtered;
  const { field, on } = filtered.operand(name);
  const asked = { field, name, caller: builder.source.caller };
  const allowed = fieldType(field.type).operators;
  const tests: readonly (readonly [string, unknown])[] = isRecord(value)
    ? Object.entries(value)
    : [[Array.isArray(value) ? 'in' : 'eq', value]];
  const conditions = tests.map(([operator, raw]) => {
    countComparison(filtered);
    const run = isScalarOperator(operator) && allowed.includes(operator) ? OPERATORS[operator] : null;
    if (!run) throw unknownOperator(name, operator, allowed);
    return run({ builder, asked, on, raw });
  });
  return joined(conditions, 'and');
}

type ChildrenTest = { readonly key: string; readonly operator: string; readonly part: unknown; readonly depth: number };

function childrenCondition(
  filtered: Filtered,
  children: { found: Children; parent: string },
  { key, operator, part, depth }: ChildrenTest,
): string {
  if (operator !== 'some' && operator !== 'none') throw unknownOperator(key, operator, ['some', 'none']);
  countComparison(filtered);
  const { builder, count } = filtered;
  const { side } = children.found;
  const alias = builder.alias();
  const rows = relatedRows(children.found, alias, children.parent);
  const joins = newJoins(builder, alias);
  const condition = filterCondition(recordFilter(builder, joins, { side, alias }, count), part, depth + 1);
  const exists = `exists (select from ${rows.from}${joins.sql()} where ${rows.where} and ${condition})`;
  return operator === 'some' ? exists : `not ${exists}`;
}

function joined(conditions: readonly string[], word: 'and' | 'or'): string {
  if (conditions.length === 0) return word === 'and' ? 'true' : 'false';
  return conditions.length === 1 ? (conditions[0] ?? '') : `(${conditions.join(` ${word} `)})`;
}

function countComparison(filtered: Filtered): void {
  filtered.count.comparisons += 1;
  if (filtered.count.comparisons > CONDITIONS_MAX) throw malformed(`A filter may make ${CONDITIONS_MAX} comparisons.`);
}

function isScalarOperator(name: string): name is keyof typeof OPERATORS {
  return Object.hasOwn(OPERATORS, name);
}

function unknownOperator(name: string, operator: string, allowed: readonly Operator[]): Refusal {
  return new Refusal(
    'unknown_name',
    `${shown(name)} cannot be filtered by ${shown(operator)}, only by ${allowed.join(', ')}.${didYouMean(operator, allowed)}`,
  );
}

function malformed(message: string): Refusal {
  return new Refusal('malformed_request', message);
}
