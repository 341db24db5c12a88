import { CONDITION_OPERATORS } from '#platform/kernel/conditions/operators.ts';
import { testsOf, type Comparison } from '#platform/kernel/conditions/names.ts';
import { apiName, type Field } from '#admin-ui/src/api/metadata.ts';
import { isDay } from '#admin-ui/src/fields/parse-day.ts';
import { OFFERED_OPERATORS, type OfferedOperator } from '#admin-ui/src/fields/operators.ts';
import { isNumberText } from '#admin-ui/src/i18n/typed-decimal.ts';
import { isNode, type FilterNode } from './list-state.ts';

/** One line of the filter builder. */
export type Condition = { readonly field: string; readonly operator: OfferedOperator; readonly value: unknown };

/** What the builder edits: all or any of its lines, and of groups of lines. */
export type Conditions = { readonly match: 'and' | 'or'; readonly lines: readonly (Condition | Conditions)[] };

/** The operators that are offered for a field; none for a field that cannot be asked about. */
export type OperatorsOf = (field: Field) => readonly OfferedOperator[];

/** What a list's filter may ask of a field. */
export const offeredOperators: OperatorsOf = ({ type }) => OFFERED_OPERATORS[type] ?? [];

/** What a field's rule may ask of another field: what the record alone can answer. Of text with markup only whether there is any. */
export const ruleOperators: OperatorsOf = (field) => {
  const answerable: readonly string[] = field.type === 'richText' ? ['isNull'] : CONDITION_OPERATORS[field.storage ?? 'none'];
  return offeredOperators(field).filter((operator) => answerable.includes(operator));
};

/** A filter as lines and groups; null when it says more than these can (`not`, a field that is not offered), so that nothing is lost. */
export function conditionsOf(filter: FilterNode | undefined, fields: readonly Field[]): Conditions | null {
  const lines = filter ? linesOf(filter, fields) : [];
  const [only, ...others] = lines ?? [];
  if (only && others.length === 0 && isGroup(only)) return only;
  return lines && { match: 'and', lines };
}

/** What a node says, all of which must hold; null when lines cannot say it. */
function linesOf(node: unknown, fields: readonly Field[]): Conditions['lines'] | null {
  if (!isNode(node)) return null;
  return allOf(
    Object.entries(node).map(([name, value]) => {
      if ((name === 'and' || name === 'or') && Array.isArray(value)) return groupOf(name, value, fields);
      return allOf(testsOf(value).map(([operator, compared]) => conditionOf({ name, operator, value: compared }, fields)));
    }),
  );
}

function groupOf(match: Conditions['match'], nodes: readonly unknown[], fields: readonly Field[]): Conditions['lines'] | null {
  const lines = allOf(nodes.map((node) => asOne(match, linesOf(node, fields))));
  return lines && [{ match, lines }];
}

/** Of several lines of one node, where any node is enough, all must hold. */
function asOne(match: Conditions['match'], lines: Conditions['lines'] | null): Conditions['lines'] | null {
  return match === 'or' && lines && lines.length > 1 ? [{ match: 'and', lines }] : lines;
}

function allOf<Line>(parts: readonly (readonly Line[] | null)[]): readonly Line[] | null {
  return parts.every((part) => part !== null) ? parts.flat() : null;
}

/** `eq` and `ne` of a choice, which is asked for by lists. */
const AS_LIST: { readonly [operator: string]: OfferedOperator } = { eq: 'in', ne: 'nin' };

function conditionOf({ name, operator, value }: Comparison, fields: readonly Field[]): readonly Condition[] | null {
  const field = fields.find((one) => apiName(one) === name);
  if (!field) return null;
  const offered = offeredOperators(field);
  const known = offered.find((one) => one === operator);
  if (known) return [{ field: field.name, operator: known, value }];
  const listed = offered.find((one) => one === AS_LIST[operator]);
  return listed && typeof value === 'string' ? [{ field: field.name, operator: listed, value: [value] }] : null;
}

/** The lines as a filter; lines that still lack a value are left out, and groups without any. */
export function filterOf({ match, lines }: Conditions, fields: readonly Field[]): FilterNode | undefined {
  const nodes = lines.flatMap((line): readonly FilterNode[] => {
    if (isGroup(line)) return [filterOf(line, fields) ?? []].flat();
    const field = fields.find((one) => one.name === line.field);
    return field && isComplete(line) && isUnderstood(field, line.value) ? [{ [apiName(field)]: { [line.operator]: line.value } }] : [];
  });
  return nodes.length === 0 ? undefined : { [match]: nodes };
}

export function isGroup(line: Condition | Conditions): line is Conditions {
  return 'match' in line;
}

/** Its conditions, those of its groups among them. */
export function conditionsIn({ lines }: Conditions): readonly Condition[] {
  return lines.flatMap((line) => (isGroup(line) ? conditionsIn(line) : [line]));
}

/** Whether a line says enough to be asked. */
export function isComplete({ value }: Condition): boolean {
  return value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** What is typed and not yet a day or a number asks for nothing; its input says so. */
function isUnderstood({ type }: Field, value: unknown): boolean {
  if (typeof value !== 'string') return true;
  if (type === 'date') return isDay(value) || /^today\b/.test(value);
  return !NUMBERS.includes(type) || isNumberText(value);
}

const NUMBERS: readonly Field['type'][] = ['integer', 'bigint', 'decimal', 'money', 'percent'];

/** A new line for a field, with what its type is asked most. */
export function newCondition(field: Field, operators: readonly OfferedOperator[]): Condition {
  const operator = operators[0] ?? 'eq';
  return { field: field.name, operator, value: field.type === 'boolean' || operator === 'isNull' ? true : null };
}
