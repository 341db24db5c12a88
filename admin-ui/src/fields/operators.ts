/** The filter operators that the screens offer, by the kind of value; all of them are the record API's. */
export type OfferedOperator =
  | 'contains'
  | 'startsWith'
  | 'endsWith'
  | 'eq'
  | 'ne'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'in'
  | 'nin'
  | 'anyOf'
  | 'allOf'
  | 'noneOf'
  | 'isNull';

const TEXT: readonly OfferedOperator[] = ['contains', 'startsWith', 'endsWith', 'eq', 'ne', 'isNull'];
const ORDER: readonly OfferedOperator[] = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'isNull'];
const CHOICE: readonly OfferedOperator[] = ['in', 'nin', 'isNull'];
const SETS: readonly OfferedOperator[] = ['anyOf', 'allOf', 'noneOf', 'isNull'];
const IDENTITY: readonly OfferedOperator[] = ['eq', 'ne', 'isNull'];

/** By field type; the first one is what a new condition begins with. Types that are missing cannot be filtered by. */
export const OFFERED_OPERATORS: { readonly [type: string]: readonly OfferedOperator[] } = {
  text: TEXT,
  longText: TEXT,
  email: TEXT,
  phone: TEXT,
  url: TEXT,
  autoNumber: TEXT,
  documentNumber: TEXT,
  integer: ORDER,
  decimal: ORDER,
  money: ORDER,
  percent: ORDER,
  currency: CHOICE,
  date: ORDER,
  dateTime: ORDER,
  boolean: ['eq', 'isNull'],
  select: CHOICE,
  status: CHOICE,
  multiSelect: SETS,
  tags: SETS,
  manyToMany: SETS,
  lookup: IDENTITY,
  user: IDENTITY,
  uuid: IDENTITY,
  address: ['contains', 'isNull'],
  personName: ['contains', 'isNull'],
  snapshot: ['contains', 'isNull'],
  richText: ['contains', 'isNull'],
  markdown: ['contains', 'startsWith', 'eq', 'isNull'],
  externalId: TEXT,
  vatNumber: TEXT,
  iban: TEXT,
  bic: TEXT,
  bigint: ORDER,
  rating: ORDER,
  time: ORDER,
  duration: ORDER,
  color: IDENTITY,
  polymorphic: ['eq', 'isNull'],
  geoPoint: ['isNull'],
  json: ['isNull'],
  file: ['isNull'],
  image: ['isNull'],
};
