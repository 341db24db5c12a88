import { isDecimal } from '#platform/kernel/decimal.ts';
import type { ConditionOperator } from '#platform/kernel/conditions/operators.ts';
import { ValueProblem } from '#platform/kernel/field-types/field-type.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import { isList, plainText } from '#platform/kernel/json.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import { isDay } from '#platform/kernel/dates.ts';
import { relativeDay, relativeInstant } from '#platform/kernel/relative-date.ts';

const LISTED_MAX = 100;
const TEXT_MAX = 1000;
const INSTANT = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is wrong with what a field is compared with, as the end of a sentence that begins with its label; null when nothing is. */
export function comparedProblem(field: FieldDefinition, operator: ConditionOperator, value: unknown): string | null {
  switch (operator) {
    case 'isNull':
      return typeof value === 'boolean' ? null : 'takes true or false with isNull';
    case 'contains':
    case 'startsWith':
    case 'endsWith':
      return typeof value === 'string' && value.trim() !== '' && value.length <= TEXT_MAX ? null : 'needs some text to look for';
    case 'eq':
    case 'ne':
      return value === null ? null : valueProblem(field, value);
    case 'in':
    case 'nin':
      return listProblem(field, value, true);
    case 'anyOf':
    case 'allOf':
    case 'noneOf':
      return listProblem(field, value, false);
    case 'between':
      return isList(value) && value.length === 2 ? listProblem(field, value, false) : 'needs a list of two values to be between';
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return valueProblem(field, value);
  }
}

function listProblem(field: FieldDefinition, value: unknown, takesNull: boolean): string | null {
  if (!isList(value) || value.length === 0) return 'is compared with a list of values';
  if (value.length > LISTED_MAX) return `is compared with more than ${LISTED_MAX} values at once`;
  return value.map((one) => (takesNull && one === null ? null : valueProblem(field, one))).find((wrong) => wrong !== null) ?? null;
}

/** The values are held against the stored ones as they are, so they must be in the form in which the field stores its own. */
function valueProblem(field: FieldDefinition, value: unknown): string | null {
  const text = typeof value === 'string' ? value : '';
  switch (fieldType(field.type).storage) {
    case 'integer':
    case 'bigint':
      return Number.isSafeInteger(value) || /^-?\d{1,19}$/.test(text) ? null : 'is compared with a whole number';
    case 'numeric':
      return Number.isFinite(value) || (isDecimal(value) && value.length <= 60) ? null : 'is compared with a number such as 12.50';
    case 'boolean':
      return typeof value === 'boolean' ? null : 'is compared with true or false';
    case 'date':
      return isDayOrWord(text) ? null : 'is compared with a day such as 2026-01-31, today or today-30d';
    case 'time':
      return TIME.test(text) ? null : 'is compared with a time such as 13:45';
    case 'timestamp':
      return isDayOrWord(text) || isInstant(text)
        ? null
        : 'is compared with an instant such as 2026-01-31T13:45:00Z, a day, today or now-2h';
    case 'uuid':
    case 'uuidArray':
      return UUID.test(text) || (text === '$me' && field.target === 'user' && field.type !== 'manyToMany')
        ? null
        : 'is compared with an id such as 01890a5d-ac96-774b-bcce-b302099a8057';
    case 'text':
    case 'textArray':
    case 'interval':
    case 'json':
    case 'none':
      return textProblem(field, value);
  }
}

function isDayOrWord(text: string): boolean {
  return isDay(relativeDay(text, 'UTC') ?? text);
}

function isInstant(text: string): boolean {
  const instant = INSTANT.test(text) ? new Date(text) : relativeInstant(text);
  return instant !== null && !Number.isNaN(instant.getTime());
}

function textProblem(field: FieldDefinition, value: unknown): string | null {
  if (typeof value !== 'string' || value.trim() === '' || value.length > TEXT_MAX) return 'is compared with some text; use isNull for none';
  if (field.options && field.open !== true)
    return field.options.some((option) => option.key === value) ? null : `has no option "${value.slice(0, 80)}"`;
  if (fieldType(field.type).storage !== 'text' || (value === '$me' && field.system === true)) return null;
  try {
    const stored = plainText(fieldType(field.type).normalize?.(value, field) ?? value);
    return stored === value ? null : `holds this as "${stored}": compare it with that`;
  } catch (refused) {
    if (refused instanceof ValueProblem) return refused.message;
    throw refused;
  }
}
