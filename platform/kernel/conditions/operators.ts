import type { Operator, StorageKind } from '../field-types/field-type.ts';

/** The operators of conditions: those of filters that need nothing but the record. */
export type ConditionOperator = Exclude<Operator, 'near' | 'within' | 'under' | 'some' | 'none'>;

const EQUALITY: readonly ConditionOperator[] = ['eq', 'ne', 'in', 'nin', 'isNull'];
const ORDER: readonly ConditionOperator[] = [...EQUALITY, 'gt', 'gte', 'lt', 'lte', 'between'];
const SETS: readonly ConditionOperator[] = ['anyOf', 'allOf', 'noneOf', 'isNull'];
const PRESENCE: readonly ConditionOperator[] = ['isNull'];

/**
 * What a condition may ask of a value, by how it is stored. Text has no order here: the database sorts it by a collation that
 * browsers do not share.
 */
export const CONDITION_OPERATORS: Readonly<Record<StorageKind, readonly ConditionOperator[]>> = {
  text: [...EQUALITY, 'contains', 'startsWith', 'endsWith'],
  integer: ORDER,
  bigint: ORDER,
  numeric: ORDER,
  boolean: ['eq', 'ne', 'isNull'],
  date: ORDER,
  time: ORDER,
  interval: PRESENCE,
  timestamp: ORDER,
  uuid: EQUALITY,
  json: PRESENCE,
  textArray: SETS,
  uuidArray: SETS,
  none: [],
};

/** Whether a word is an operator of values that are stored so. */
export function isConditionOperator(word: string, storage: StorageKind): word is ConditionOperator {
  return CONDITION_OPERATORS[storage].some((operator) => operator === word);
}
