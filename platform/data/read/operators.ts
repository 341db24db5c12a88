import { sentence } from '#platform/kernel/sentence.ts';
import type { Operator } from '#platform/kernel/field-types/field-type.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { TEXT_COLLATION } from '../identifier.ts';
import { near, within } from './places.ts';
import { under } from './trees.ts';
import { equated, searchText } from '../search.ts';
import type { Builder, Expression } from './builder.ts';
import { comparable, elements, refused, searchedText, type Asked, type Comparable } from './values.ts';

/** Values in one `in`, `nin` or set operator. */
const LIST_MAX = 1000;

/** One comparison of a field: the expression it is about, the value as it came, and what the statement grows on. */
export type Comparison = {
  readonly builder: Builder;
  readonly asked: Asked;
  readonly on: Expression;
  readonly raw: unknown;
};

/** The SQL of each operator. Conditions are true or not; a null never makes one unknown to the parts around it. */
export const OPERATORS: Readonly<Record<Exclude<Operator, 'some' | 'none'>, (comparison: Comparison) => string>> = {
  eq: equal,
  ne: (comparison) => (isNull(comparison.raw) ? `${comparison.on.sql} is not null` : negated(equal(comparison))),
  gt: (comparison) => ordered(comparison, '>'),
  gte: (comparison) => ordered(comparison, '>='),
  lt: (comparison) => ordered(comparison, '<'),
  lte: (comparison) => ordered(comparison, '<='),
  in: oneOf,
  nin: (comparison) => negated(oneOf(comparison)),
  between,
  contains: (comparison) => `strpos(${folded(comparison)}, ${needle(comparison)}) > 0`,
  startsWith: (comparison) => `starts_with(${folded(comparison)}, ${needle(comparison)})`,
  endsWith,
  isNull: nullness,
  anyOf: (comparison) => `${comparison.on.sql} && ${set(comparison)}`,
  allOf: (comparison) => `${comparison.on.sql} @> ${set(comparison)}`,
  noneOf: (comparison) => negated(`${comparison.on.sql} && ${set(comparison)}`),
  near,
  within,
  under,
};

/** True where the condition is false or unknown. */
export function negated(condition: string): string {
  return `(${condition}) is not true`;
}

function equal(comparison: Comparison): string {
  const { on, raw } = comparison;
  if (isNull(raw)) return `${on.sql} is null`;
  return equalTo(comparison, comparable(comparison.asked, raw));
}

function equalTo({ builder, asked, on }: Comparison, value: Comparable): string {
  if (value.kind === 'nothing') return 'false';
  if (value.kind === 'value') return `${equated(asked.field, on.sql)} = ${builder.parameter(value.value)}`;
  return `(${on.sql} >= ${dayStart(builder, asked, value.day)} and ${on.sql} < ${dayEnd(builder, asked, value.day)})`;
}

type Order = '>' | '>=' | '<' | '<=';

function ordered({ builder, asked, on, raw }: Comparison, order: Order): string {
  demandValue(asked, raw);
  const value = comparable(asked, raw);
  if (value.kind === 'nothing') return 'false';
  if (value.kind === 'value') return `${collated(on)} ${order} ${builder.parameter(value.value)}`;
  // A whole day: after it is from its end on, up to it is before its end.
  if (order === '>') return `${on.sql} >= ${dayEnd(builder, asked, value.day)}`;
  if (order === '<=') return `${on.sql} < ${dayEnd(builder, asked, value.day)}`;
  return `${on.sql} ${order} ${dayStart(builder, asked, value.day)}`;
}

function between(comparison: Comparison): string {
  const bounds = list(comparison);
  if (bounds.length !== 2) throw refused(comparison.asked, 'between', 'needs two values to be between');
  const [from, to] = bounds;
  return `(${ordered({ ...comparison, raw: from }, '>=')} and ${ordered({ ...comparison, raw: to }, '<=')})`;
}

function oneOf(comparison: Comparison): string {
  const given = list(comparison);
  const values = given.filter((raw) => !isNull(raw)).map((raw) => comparable(comparison.asked, raw));
  const exact = values.flatMap((value) => (value.kind === 'value' ? [value.value] : []));
  const days = values.filter((value) => value.kind === 'day');
  const conditions = days.map((value) => equalTo(comparison, value));
  if (exact.length > 0)
    conditions.push(`${equated(comparison.asked.field, comparison.on.sql)} = any(${comparison.builder.parameter(exact)})`);
  if (given.some(isNull)) conditions.push(`${comparison.on.sql} is null`);
  return conditions.length === 0 ? 'false' : `(${conditions.join(' or ')})`;
}

function endsWith(comparison: Comparison): string {
  const part = needle(comparison);
  return `right(${folded(comparison)}, length(${part})) = ${part}`;
}

function nullness({ asked, on, raw }: Comparison): string {
  const isWanted = raw === true || raw === 'true';
  if (!isWanted && raw !== false && raw !== 'false') throw refused(asked, 'boolean', 'takes true or false with isNull');
  const empty = on.storage === 'textArray' || on.storage === 'uuidArray' ? `coalesce(cardinality(${on.sql}), 0) = 0` : `${on.sql} is null`;
  return isWanted ? empty : `not (${empty})`;
}

function folded({ asked, on }: Comparison): string {
  return `platform.fold(${searchText(asked.field, on.sql)})`;
}

function needle({ builder, asked, raw }: Comparison): string {
  return `platform.fold(${builder.parameter(searchedText(asked, raw))}::text)`;
}

function set(comparison: Comparison): string {
  return `${comparison.builder.parameter(elements(comparison.asked, list(comparison)))}::${comparison.on.storage === 'uuidArray' ? 'uuid' : 'text'}[]`;
}

/** The values of a list operator: a JSON array, or in a URL text with commas. */
function list({ asked, raw }: Comparison): readonly unknown[] {
  const values = Array.isArray(raw) ? raw : typeof raw === 'string' ? raw.split(',') : [raw];
  if (values.length > LIST_MAX)
    throw new Refusal(
      'limit_reached',
      sentence(
        (of) => `${of(asked.field)} is compared with more than ${LIST_MAX} values at once.`,
        (of) => `${of(asked.field)} wird mit mehr als ${LIST_MAX} Werten auf einmal verglichen.`,
      ),
    );
  return values;
}

function collated(on: Expression): string {
  return on.storage === 'text' ? `${on.sql} collate ${TEXT_COLLATION}` : on.sql;
}

function dayStart(builder: Builder, asked: Asked, day: string): string {
  return `(${builder.parameter(day)}::date::timestamp at time zone ${builder.parameter(asked.caller.timeZone)})`;
}

function dayEnd(builder: Builder, asked: Asked, day: string): string {
  return `((${builder.parameter(day)}::date + 1)::timestamp at time zone ${builder.parameter(asked.caller.timeZone)})`;
}

function demandValue(asked: Asked, raw: unknown): void {
  if (isNull(raw)) throw refused(asked, 'value', 'cannot be compared by order with nothing');
}

function isNull(raw: unknown): boolean {
  return raw === null || raw === undefined;
}
