import { exact, plain, toScale } from '../decimal.ts';
import type { FieldDefinition } from '../model.ts';
import { ORDER, ValueProblem, type FieldType, type JsonSchema } from './field-type.ts';

/** Digits before the point that are kept, and as many behind it. */
const DIGITS_MOST = 18;
const DECIMAL_PATTERN = '^-?[0-9]{1,60}(\\.[0-9]{1,60})?$';

/** Schema of a decimal in requests: a decimal string, or a JSON number. */
const decimalSchema: JsonSchema = { anyOf: [{ type: 'string', pattern: DECIMAL_PATTERN }, { type: 'number' }] };

/** The canonical decimal string: HALF_UP to `scale` where given, else the digits as written, of which 18 before the point and 18 behind it are kept; bounds checked. */
function normalizeDecimal(value: unknown, field: FieldDefinition): string {
  const written = typeof value === 'number' ? plain(value) : String(value);
  const number = exact(written);
  if (field.minimum !== undefined && number.lt(exact(field.minimum)))
    throw new ValueProblem('minimum', `must be at least ${field.minimum}`);
  if (field.maximum !== undefined && number.gt(exact(field.maximum))) throw new ValueProblem('maximum', `must be at most ${field.maximum}`);
  const rounded = field.scale === undefined ? written : toScale(number, field.scale);
  const [digits = 0, decimals = 0] = rounded
    .replace(/^-/, '')
    .split('.')
    .map((part) => part.length);
  if (digits > DIGITS_MOST || decimals > DIGITS_MOST)
    throw new ValueProblem('digits', `takes at most ${DIGITS_MOST} digits before the point and ${DIGITS_MOST} behind it`);
  if (field.precision !== undefined && digits > field.precision - (field.scale ?? 0))
    throw new ValueProblem('precision', `has more than ${field.precision - (field.scale ?? 0)} digits before the point`);
  return rounded;
}

/** Settings shared by the decimal types. */
export const decimalSettings = {
  properties: {
    precision: { type: 'integer', minimum: 1, maximum: 36 },
    scale: { type: 'integer', minimum: 0, maximum: 18 },
    minimum: { type: ['string', 'number'] },
    maximum: { type: ['string', 'number'] },
    count: {
      type: 'object',
      properties: { atMost: { type: 'string' }, tolerance: { type: 'string' } },
      additionalProperties: false,
    },
  },
} as const;

/** An exact decimal number; a string in JSON. */
export const decimal: FieldType = {
  name: 'decimal',
  label: { en: 'Decimal number', de: 'Dezimalzahl' },
  description: {
    en: 'An exact number with decimals, such as a weight or quantity.',
    de: 'Eine genaue Zahl mit Nachkommastellen, etwa Gewicht oder Menge.',
  },
  storage: 'numeric',
  operators: ORDER,
  sortable: true,
  groupable: true,
  searchable: false,
  settings: decimalSettings,
  jsonSchema: () => decimalSchema,
  answerSchema: () => ({ type: 'string' }),
  normalize: normalizeDecimal,
  typescript: () => 'string',
  example: (field) => toScale('12.5', field.scale ?? 1),
};
