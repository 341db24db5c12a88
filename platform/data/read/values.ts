import { plainText } from '#platform/kernel/json.ts';
import { exact, plain } from '#platform/kernel/decimal.ts';
import { invalidValues } from '#platform/kernel/errors.ts';
import { ValueProblem } from '#platform/kernel/field-types/field-type.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import type { Caller } from '#platform/kernel/caller.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import { didYouMean } from '#platform/kernel/nearest.ts';
import { shown } from '../names.ts';
import { storageOf } from './json-value.ts';
import { isDay } from '#platform/kernel/dates.ts';
import { relativeDay, relativeInstant } from '#platform/kernel/relative-date.ts';

/** A value to compare with: a parameter, or a whole day that an instant is compared with. */
export type Comparable =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'nothing' };

/** Which field a value is for, under the name it was asked for. */
export type Asked = { readonly field: FieldDefinition; readonly name: string; readonly caller: Caller };

const TEXT_MAX = 10_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DECIMAL = /^-?\d{1,60}(\.\d{1,60})?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})$/;

/** A value to compare a field with exactly or by order: checked, in the field's canonical form. Refuses with the field's name. */
export function comparable(asked: Asked, raw: unknown): Comparable {
  if (raw === '$me') return me(asked);
  const storage = storageOf(asked.field);
  if (storage === 'date') return { kind: 'value', value: day(asked, raw) };
  if (storage === 'timestamp') return dayOrInstant(asked, raw);
  return { kind: 'value', value: plainValue(asked, raw) };
}

/** Text to look for inside a field's text. */
export function searchedText(asked: Asked, raw: unknown): string {
  const text = textOf(asked, raw);
  if (text === '') throw refused(asked, 'text', 'needs some text to look for');
  return text;
}

/** The elements to compare a set with. */
export function elements(asked: Asked, raw: readonly unknown[]): readonly string[] {
  if (storageOf(asked.field) === 'uuidArray') return raw.map((element) => plainValue(asked, element));
  return raw.map((element) => choice(asked, textOf(asked, element)));
}

/** The refusal of a value in a filter: 422, naming the field. */
export function refused(asked: Pick<Asked, 'field' | 'name'>, rule: string, problem: string): Error {
  return invalidValues([{ pointer: `/filter/${asked.name}`, field: asked.name, rule, message: `${asked.field.label.en} ${problem}.` }]);
}

function plainValue(asked: Asked, raw: unknown): string {
  if (asked.field.type === 'polymorphic') return reference(asked, raw);
  switch (storageOf(asked.field)) {
    case 'integer':
      return wholeNumber(asked, raw, 2_147_483_647n);
    case 'bigint':
      return wholeNumber(asked, raw, 9_223_372_036_854_775_807n);
    case 'numeric':
      return decimal(asked, raw);
    case 'boolean':
      if (raw === true || raw === 'true') return 'true';
      if (raw === false || raw === 'false') return 'false';
      throw refused(asked, 'boolean', 'is compared with true or false');
    case 'uuid':
    case 'uuidArray':
      if (typeof raw === 'string' && UUID.test(raw)) return raw.toLowerCase();
      throw refused(asked, 'uuid', 'is compared with an id such as 01890a5d-ac96-774b-bcce-b302099a8057');
    case 'text':
    case 'textArray':
    case 'json':
    case 'date':
    case 'time':
    case 'interval':
    case 'timestamp':
    case 'none':
      return canonicalText(asked, textOf(asked, raw));
  }
}

/** A polymorphic reference as its column has it. */
function reference(asked: Asked, raw: unknown): string {
  try {
    return JSON.stringify(fieldType(asked.field.type).normalize?.(raw, asked.field));
  } catch (problem) {
    if (problem instanceof ValueProblem) throw refused(asked, problem.rule, problem.message);
    throw problem;
  }
}

function wholeNumber(asked: Asked, raw: unknown, maximum: bigint): string {
  const isWhole = typeof raw === 'number' ? Number.isSafeInteger(raw) : typeof raw === 'string' && /^-?\d{1,19}$/.test(raw);
  const value = isWhole ? BigInt(String(raw)) : null;
  if (value === null || value > maximum || value < -maximum) throw refused(asked, 'integer', 'is compared with a whole number');
  return value.toString();
}

function decimal(asked: Asked, raw: unknown): string {
  const written = typeof raw === 'number' && Number.isFinite(raw) ? plain(raw) : raw;
  if (typeof written !== 'string' || !DECIMAL.test(written)) throw refused(asked, 'decimal', 'is compared with a number such as 12.50');
  return plain(exact(written));
}

function textOf(asked: Asked, raw: unknown): string {
  const text = typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : raw;
  if (typeof text !== 'string') throw refused(asked, 'text', 'is compared with text');
  if (text.includes('\u0000') || !text.isWellFormed()) throw refused(asked, 'characters', 'cannot contain this character');
  if (text.length > TEXT_MAX) throw refused(asked, 'maxLength', `is compared with at most ${TEXT_MAX} characters`);
  return text;
}

/** Text in the form in which it is stored: a phone number in E.164, a key that is an option. */
function canonicalText(asked: Asked, text: string): string {
  if (asked.field.options) return choice(asked, text);
  try {
    return plainText(fieldType(asked.field.type).normalize?.(text, asked.field) ?? text);
  } catch (problem) {
    if (problem instanceof ValueProblem) throw refused(asked, problem.rule, problem.message);
    throw problem;
  }
}

function choice(asked: Asked, key: string): string {
  const keys = asked.field.options?.map((option) => option.key);
  if (!keys || keys.includes(key) || asked.field.open === true) return key;
  throw refused(asked, 'option', `has no option ${shown(key)}.${didYouMean(key, keys)}`.replace(/[.?]$/, ''));
}

function day(asked: Asked, raw: unknown): string {
  const text = typeof raw === 'string' ? raw : '';
  const found = relativeDay(text, asked.caller.timeZone) ?? text;
  if (!isDay(found)) throw refused(asked, 'date', 'is compared with a day such as 2026-01-31, today or today-30d');
  return found;
}

function dayOrInstant(asked: Asked, raw: unknown): Comparable {
  const text = typeof raw === 'string' ? raw : '';
  const found = relativeDay(text, asked.caller.timeZone) ?? text;
  if (isDay(found)) return { kind: 'day', day: found };
  const instant = INSTANT.test(text) ? new Date(text) : relativeInstant(text);
  if (instant === null || Number.isNaN(instant.getTime()))
    throw refused(asked, 'dateTime', 'is compared with an instant such as 2026-01-31T13:45:00Z, a day, today or today-30d');
  return { kind: 'value', value: instant.toISOString() };
}

/** `$me`: the caller's user, or in `createdBy` and `updatedBy` the actor that they write. */
function me(asked: Asked): Comparable {
  const storage = storageOf(asked.field);
  if (storage === 'text' && asked.field.system === true) return { kind: 'value', value: asked.caller.actor };
  if (storage !== 'uuid') throw refused(asked, 'me', 'does not hold a person, so it cannot be compared with $me');
  return asked.caller.userId === undefined ? { kind: 'nothing' } : { kind: 'value', value: asked.caller.userId };
}
