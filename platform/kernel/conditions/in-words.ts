import { isRecord } from '../is-record.ts';
import { isList, plainText } from '../json.ts';
import { testsOf } from './names.ts';

/** What comparisons are called, by their operators: English and German side by side. */
export const OPERATOR_TEXTS = {
  'operator.allOf': ['has all of', 'hat alle von'],
  'operator.anyOf': ['has one of', 'hat eine von'],
  'operator.contains': ['contains', 'enthält'],
  'operator.endsWith': ['ends with', 'endet mit'],
  'operator.eq': ['is', 'ist'],
  'operator.gt': ['is greater than', 'ist größer als'],
  'operator.gte': ['is at least', 'ist mindestens'],
  'operator.in': ['is one of', 'ist eine von'],
  'operator.isNull': ['is empty or not', 'ist leer oder nicht'],
  'operator.lt': ['is less than', 'ist kleiner als'],
  'operator.lte': ['is at most', 'ist höchstens'],
  'operator.ne': ['is not', 'ist nicht'],
  'operator.nin': ['is none of', 'ist keine von'],
  'operator.noneOf': ['has none of', 'hat keine von'],
  'operator.startsWith': ['begins with', 'beginnt mit'],
} as const;

const words: ReadonlyMap<string, readonly [string, string]> = new Map(Object.entries(OPERATOR_TEXTS));

/** A condition or filter as one reads it beside the files of metadata: in English, with the names that fields and options have in files. */
export function conditionInWords(node: unknown): string {
  return said('and', partsOf(node)).text;
}

/** `isMany`: several that are joined, which stand in brackets among others. */
type Part = { readonly text: string; readonly isMany: boolean };

/** What all must hold of a node. */
function partsOf(node: unknown): readonly Part[] {
  if (!isRecord(node)) return [single(JSON.stringify(node))];
  return Object.entries(node).flatMap(([name, value]) => {
    if (name === 'and' && isList(value)) return value.flatMap(partsOf);
    if (name === 'or' && isList(value)) {
      const anyOf = value.map((one) => said('and', partsOf(one)));
      return [said(name, anyOf)];
    }
    if (name === 'not') return [single(`not (${conditionInWords(value)})`)];
    return testsOf(value).map(([operator, compared]) => single(`${name} ${comparison(operator, compared)}`));
  });
}

function said(match: 'and' | 'or', parts: readonly Part[]): Part {
  const [only, ...others] = parts;
  if (only && others.length === 0) return only;
  return { text: parts.map(({ text, isMany }) => (isMany ? `(${text})` : text)).join(` ${match} `), isMany: true };
}

function single(text: string): Part {
  return { text, isMany: false };
}

function comparison(operator: string, value: unknown): string {
  if (operator === 'isNull') return value === true ? 'is empty' : 'is filled';
  const [word = operator] = words.get(`operator.${operator}`) ?? [];
  return `${word} ${isList(value) ? value.map(valueInWords).join(', ') : valueInWords(value)}`;
}

function valueInWords(value: unknown): string {
  if (value === '$me') return 'me';
  return isRecord(value) || isList(value) ? JSON.stringify(value) : plainText(value ?? 'nothing');
}
