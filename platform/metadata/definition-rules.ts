import type { Sentence } from '#platform/kernel/sentence.ts';
import { faultAt } from '#platform/kernel/errors.ts';
import { exact } from '#platform/kernel/decimal.ts';
import { ValueProblem, type JsonSchema } from '#platform/kernel/field-types/field-type.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import { GIVEN_TYPES } from '#platform/kernel/given-types.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import { relativeDay, relativeInstant } from '#platform/kernel/relative-date.ts';
import { problem, type Problem } from './definition-errors.ts';
import { patternProblem } from './patterns.ts';
import { compileSchema, type CheckSchema } from './schema-compiler.ts';
import { unstorable } from './text-check.ts';
import { schemaMessage } from './validation-messages.ts';

type Draft = Omit<FieldDefinition, 'id' | 'column' | 'state'>;

const UNIQUE_STORAGE = ['text', 'integer', 'bigint', 'numeric', 'date', 'time', 'timestamp', 'uuid'];
const NUMBER_PATTERN = /^-?\d{1,18}(\.\d{1,18})?$/;

/** A pattern must be readable by RE2 (linear time: no look-around, no back references). */
export function patternProblems(draft: Draft): readonly Problem[] {
  if (draft.pattern === undefined) return [];
  const wrong = patternProblem(draft.pattern);
  if (wrong === null) return [];
  const words = {
    en: `The pattern cannot be used: ${wrong.en}. Patterns are in RE2 syntax, without look-around and back references.`,
    de: `Das Muster lässt sich nicht verwenden: ${wrong.de}. Muster haben die Syntax von RE2, ohne Vorausschau und Rückverweise.`,
  };
  return [faultAt({ pointer: '/pattern', field: 'pattern', rule: 'pattern' }, words)];
}

/** Bounds must be numbers in order, and the scale within the precision. */
export function boundsProblems(draft: Draft): readonly Problem[] {
  const bounds = [
    ['minimum', draft.minimum],
    ['maximum', draft.maximum],
  ] as const;
  const wrong = bounds.flatMap(([name, value]) =>
    value === undefined || NUMBER_PATTERN.test(String(value))
      ? []
      : [problem(`/${name}`, 'type', `"${name}" must be a number such as "1000" or "0.5".`)],
  );
  if (wrong.length > 0) return wrong;
  const { minimum, maximum, precision, scale } = draft;
  return [
    ...(minimum !== undefined && maximum !== undefined && exact(minimum).gt(exact(maximum))
      ? [problem('/minimum', 'minimum', 'The minimum is above the maximum.')]
      : []),
    ...(precision !== undefined && scale !== undefined && scale > precision
      ? [problem('/scale', 'scale', 'The scale cannot be greater than the precision.')]
      : []),
  ];
}

/** Unique, indexed and searchable must be possible for how the type is stored. */
export function flagProblems(draft: Draft): readonly Problem[] {
  const type = fieldType(draft.type);
  const label = type.label.en.toLowerCase();
  return [
    ...(draft.unique === true && !canBeKey(draft.type) ? [problem('/unique', 'unique', `A field of type ${label} cannot be unique.`)] : []),
    ...(draft.indexed === true && (type.storage === 'none' || type.storage === 'json' || isLong(draft.type))
      ? [problem('/indexed', 'indexed', `A field of type ${label} cannot have an index.`)]
      : []),
    ...(draft.searchable === true && !type.searchable
      ? [problem('/searchable', 'searchable', `A field of type ${label} cannot be part of the text search.`)]
      : []),
    ...(draft.required === true && draft.type === 'boolean' && draft.default === undefined
      ? [problem('/default', 'required', 'A yes/no field that is required needs a default.')]
      : []),
  ];
}

/** Whether values of the type can be unique. */
export function canBeKey(type: string): boolean {
  return UNIQUE_STORAGE.includes(fieldType(type).storage) && !isLong(type);
}

/** Texts longer than an entry of a B-tree may be. */
function isLong(type: string): boolean {
  return type === 'longText' || type === 'markdown' || fieldType(type).isMarkup === true;
}

const NO_OPTIONS: Sentence = {
  en: 'Give it options, or choose an option list.',
  de: 'Geben Sie Optionen an, oder wählen Sie eine Optionsliste.',
};

/** A choice has options, of its own or of a list. */
export function choiceProblems(draft: Draft): readonly Problem[] {
  const takesOptions = fieldType(draft.type).settings?.properties['options'] !== undefined;
  if (!takesOptions || draft.options) return [];
  return [{ ...problem('/options', 'required', NO_OPTIONS.en), sentence: NO_OPTIONS }];
}

/** A status starts in one of its options. */
export function statusProblems(draft: Draft): readonly Problem[] {
  if (draft.initial === undefined) return [];
  const isChoosable = draft.options?.some((option) => option.key === draft.initial && option.retired !== true) === true;
  return isChoosable ? [] : [problem('/initial', 'enum', `"${draft.initial}" is none of the options.`)];
}

/** Defaults that are worked out when a record is made: a day or an instant counted from the writing, and who writes. */
function isComputedDefault({ type, default: written }: Draft): boolean {
  if (typeof written !== 'string') return false;
  if (type === 'date') return /^\d{4}-/.test(relativeDay(written, 'UTC') ?? '');
  if (type === 'dateTime') return relativeInstant(written) !== null;
  return type === 'user' && written === '$me';
}

const SCHEMAS_MAX = 500;
const schemas = new Map<string, CheckSchema>();

/** Most fields with a default are switches and choices: what one of them takes is compiled once, not for each of them. */
function schemaOf(schema: JsonSchema): CheckSchema {
  const text = JSON.stringify(schema);
  const known = schemas.get(text);
  if (known) return known;
  if (schemas.size >= SCHEMAS_MAX) schemas.clear();
  const made = compileSchema(schema);
  schemas.set(text, made);
  return made;
}

/** A default must be a value that the field itself would take, or a computed one. */
export function defaultProblems(draft: Draft): readonly Problem[] {
  if (draft.default === undefined || isComputedDefault(draft)) return [];
  if (draft.type === 'children' || GIVEN_TYPES.includes(draft.type))
    return [problem('/default', 'default', 'A field of this type cannot have a default.')];
  const field: FieldDefinition = { ...draft, id: draft.name, column: draft.name, state: 'active' };
  const bad = unstorable(draft.default);
  if (bad !== null) return [problem('/default', 'characters', `The default ${bad}.`)];
  const type = fieldType(draft.type);
  const [error] = schemaOf(type.jsonSchema(field))(draft.default);
  if (error) return [problem('/default', 'default', `As a default: ${schemaMessage(field, error)}`)];
  try {
    type.normalize?.(draft.default, field);
    return [];
  } catch (refused) {
    if (!(refused instanceof ValueProblem)) throw refused;
    return [problem('/default', 'default', `The default ${refused.message}.`)];
  }
}
