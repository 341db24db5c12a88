import { CONDITION_OPERATORS } from '#platform/kernel/conditions/operators.ts';
import { testsOf } from '#platform/kernel/conditions/names.ts';
import { apiName, type Field } from '#admin-ui/src/api/metadata.ts';
import { OFFERED_OPERATORS, type OfferedOperator } from '#admin-ui/src/fields/operators.ts';
import { isNode, type FilterNode } from './list-state.ts';

/** One line of the filter builder. */
export type Condition = { readonly field: string; readonly operator: OfferedOperator; readonly value: unknown };

/** What the builder edits: all or any of its lines. */
export type Conditions = { readonly match: 'and' | 'or'; readonly lines: readonly Condition[] };

/** The operators that are offered for a field; none for a field that cannot be asked about. */
export type OperatorsOf = (field: Field) => readonly OfferedOperator[];

/** What a list's filter may ask of a field. */
export const offeredOperators: OperatorsOf = ({ type }) => OFFERED_OPERATORS[type] ?? [];

/** What a field's rule may ask of another field: what the record alone can answer. Of text with markup only whether there is any. */
export const ruleOperators: OperatorsOf = (field) => {
  const answerable: readonly string[] = field.type === 'richText' ? ['isNull'] : CONDITION_OPERATORS[field.storage ?? 'none'];
  return offeredOperators(field).filter((operator) => answerable.includes(operator));
};

/** A filter as lines; null when it says more than lines can (nesting, related fields), so that nothing is lost by editing it. */
export function conditionsOf(filter: FilterNode | undefined, fields: readonly Field[]): Conditions | null {
  if (!filter) return { match: 'and', lines: [] };
  const keys = Object.keys(filter);
  const match = keys.length === 1 && keys[0] === 'or' ? 'or' : 'and';
  const group = filter[match];
  const nodes = Array.isArray(group) && keys.length === 1 ? group : keys.map((key) => ({ [key]: filter[key] }));
  const lines = nodes.map((node: unknown) => conditionOf(node, fields));
  return lines.every((line) => line !== null) ? { match, lines: lines.flatMap((line) => line ?? []) } : null;
}

/** `eq` and `ne` of a choice, which is asked for by lists. */
const AS_LIST: { readonly [operator: string]: OfferedOperator } = { eq: 'in', ne: 'nin' };

function conditionOf(node: unknown, fields: readonly Field[]): Condition | null {
  if (!isNode(node)) return null;
  const [entry, ...others] = Object.entries(node);
  if (!entry || others.length > 0) return null;
  const [name, test] = entry;
  const field = fields.find((one) => apiName(one) === name);
  const [first, ...more] = testsOf(test);
  if (!field || !first || more.length > 0) return null;
  const [operator, value] = first;
  const offered = offeredOperators(field);
  const known = offered.find((one) => one === operator);
  if (known) return { field: field.name, operator: known, value };
  const listed = offered.find((one) => one === AS_LIST[operator]);
  return listed && typeof value === 'string' ? { field: field.name, operator: listed, value: [value] } : null;
}

/** The lines as a filter; lines that still lack a value are left out. */
export function filterOf({ match, lines }: Conditions, fields: readonly Field[]): FilterNode | undefined {
  const nodes = lines.flatMap((line): readonly FilterNode[] => {
    const field = fields.find((one) => one.name === line.field);
    return field && isComplete(line) ? [{ [apiName(field)]: { [line.operator]: line.value } }] : [];
  });
  return nodes.length === 0 ? undefined : { [match]: nodes };
}

/** Whether a line says enough to be asked. */
export function isComplete({ value }: Condition): boolean {
  return value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** A new line for a field, with what its type is asked most. */
export function newCondition(field: Field, operators: readonly OfferedOperator[]): Condition {
  const operator = operators[0] ?? 'eq';
  return { field: field.name, operator, value: field.type === 'boolean' || operator === 'isNull' ? true : null };
}
