import { isList } from '../json.ts';
import { isRecord } from '../is-record.ts';

/** One comparison of a condition: a field's API name, an operator, and what the field is compared with. */
export type Comparison = { readonly name: string; readonly operator: string; readonly value: unknown };

/** The comparisons of a field's entry: a bare value is `eq`, a bare list `in`, an object names its operators. */
export function testsOf(value: unknown): readonly (readonly [operator: string, value: unknown])[] {
  if (isRecord(value)) return Object.entries(value);
  return [[isList(value) ? 'in' : 'eq', value]];
}

/** All comparisons of a filter or condition, through `and`, `or` and `not`. What is malformed says nothing here. */
export function comparisonsOf(filter: unknown): readonly Comparison[] {
  if (!isRecord(filter)) return [];
  return Object.entries(filter).flatMap(([name, value]) => {
    if (name === 'and' || name === 'or') return isList(value) ? value.flatMap(comparisonsOf) : [];
    if (name === 'not') return comparisonsOf(value);
    return testsOf(value).map(([operator, compared]) => ({ name, operator, value: compared }));
  });
}

/** The names that a filter or condition is about, whole paths. */
export function namesIn(filter: unknown): ReadonlySet<string> {
  return new Set(fieldNames(filter));
}

function fieldNames(filter: unknown): readonly string[] {
  if (!isRecord(filter)) return [];
  return Object.entries(filter).flatMap(([name, value]) => {
    if (name === 'and' || name === 'or') return isList(value) ? value.flatMap(fieldNames) : [];
    return name === 'not' ? fieldNames(value) : [name];
  });
}
