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

/** What stands around comparisons, English and German side by side. */
const JOINTS = {
  and: ['and', 'und'],
  or: ['or', 'oder'],
  not: ['not', 'nicht'],
  empty: ['is empty', 'ist leer'],
  filled: ['is filled', 'ist ausgefüllt'],
  me: ['me', 'ich'],
  nothing: ['nothing', 'nichts'],
} as const;

/** In which language conditions are said, and what their fields are called; what `nameOf` does not know goes by the name in files. */
export type ConditionReading = { readonly language: 'en' | 'de'; readonly nameOf?: (name: string) => string | undefined };

/** A condition or filter as one reads it; left alone in English, with the names that fields and options have in the files of metadata. */
export function conditionInWords(node: unknown, reading: ConditionReading = { language: 'en' }): string {
  return said('and', partsOf(node, reading), reading).text;
}

/** `isMany`: several that are joined, which stand in brackets among others. */
type Part = { readonly text: string; readonly isMany: boolean };

/** What all must hold of a node. */
function partsOf(node: unknown, reading: ConditionReading): readonly Part[] {
  if (!isRecord(node)) return [single(JSON.stringify(node))];
  return Object.entries(node).flatMap(([name, value]) => {
    if (name === 'and' && isList(value)) return value.flatMap((one) => partsOf(one, reading));
    if (name === 'or' && isList(value)) {
      const anyOf = value.map((one) => said('and', partsOf(one, reading), reading));
      return [said(name, anyOf, reading)];
    }
    if (name === 'not') return [single(`${joint('not', reading)} (${conditionInWords(value, reading)})`)];
    const field = reading.nameOf?.(name) ?? name;
    return testsOf(value).map(([operator, compared]) => single(`${field} ${comparison(operator, compared, reading)}`));
  });
}

function said(match: 'and' | 'or', parts: readonly Part[], reading: ConditionReading): Part {
  const [only, ...others] = parts;
  if (only && others.length === 0) return only;
  return { text: parts.map(({ text, isMany }) => (isMany ? `(${text})` : text)).join(` ${joint(match, reading)} `), isMany: true };
}

function single(text: string): Part {
  return { text, isMany: false };
}

function comparison(operator: string, value: unknown, reading: ConditionReading): string {
  if (operator === 'isNull') return joint(value === true ? 'empty' : 'filled', reading);
  const word = words.get(`operator.${operator}`)?.[placeOf(reading)] ?? operator;
  const values = isList(value) ? value : [value];
  return `${word} ${values.map((one) => valueInWords(one, reading)).join(', ')}`;
}

function valueInWords(value: unknown, reading: ConditionReading): string {
  if (value === '$me') return joint('me', reading);
  return isRecord(value) || isList(value) ? JSON.stringify(value) : plainText(value ?? joint('nothing', reading));
}

function joint(word: keyof typeof JOINTS, reading: ConditionReading): string {
  return JOINTS[word][placeOf(reading)];
}

function placeOf({ language }: ConditionReading): 0 | 1 {
  return language === 'de' ? 1 : 0;
}
