import { germanRule, hasWords } from '#platform/kernel/rule-texts.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import type { SchemaError } from './schema-compiler.ts';

/** What JSON Schema calls the kinds of values. */
const TYPES: { readonly [type: string]: readonly [en: string, de: string] } = {
  string: ['a text', 'ein Text'],
  number: ['a number', 'eine Zahl'],
  integer: ['a whole number', 'eine ganze Zahl'],
  boolean: ['true or false', 'true oder false'],
  object: ['an object such as {…}', 'ein Objekt wie {…}'],
  array: ['a list such as […]', 'eine Liste wie […]'],
  null: ['null', 'null'],
};

/** What is wrong with a setting that broke a rule of its JSON Schema, in both languages: the library that checks says it in English alone. */
export function schemaWords(name: string, { keyword, params, message }: SchemaError): Sentence {
  const { type, limit, allowedValue } = params;
  if (keyword === 'type') {
    const kinds = (Array.isArray(type) ? type : String(type).split(',')).map((kind) => TYPES[String(kind)] ?? [String(kind), String(kind)]);
    const either = (place: 0 | 1, or: string): string => kinds.map((kind) => kind[place]).join(` ${or} `);
    return { en: `"${name}" must be ${either(0, 'or')}.`, de: `„${name}“ muss ${either(1, 'oder')} sein.` };
  }
  if (keyword === 'const') {
    const wanted = JSON.stringify(allowedValue);
    return { en: `"${name}" must be ${wanted}.`, de: `„${name}“ muss ${wanted} sein.` };
  }
  if (typeof limit === 'number' && hasWords(keyword))
    return { en: `"${name}" ${message ?? 'is not valid'}.`, de: germanRule(keyword, limit) };
  if (keyword === 'uniqueItems') return { en: `"${name}" has the same entry twice.`, de: `„${name}“ enthält denselben Eintrag zweimal.` };
  if (keyword === 'minProperties') return { en: `"${name}" is empty.`, de: `„${name}“ ist leer.` };
  return { en: `"${name}" is not written as expected.`, de: `„${name}“ ist nicht in der erwarteten Schreibweise.` };
}
