import { ORDER, ValueProblem, type FieldType } from './field-type.ts';

const MOST = 9_223_372_036_854_775_807n;

/** A whole number of 64 bits; a string in JSON, since JavaScript's numbers end at 53 bits. */
export const bigint: FieldType = {
  name: 'bigint',
  label: { en: 'Large whole number', de: 'Große ganze Zahl' },
  description: {
    en: 'A whole number beyond two billion, such as a counter of bytes.',
    de: 'Eine ganze Zahl jenseits von zwei Milliarden, etwa ein Zähler von Bytes.',
  },
  storage: 'bigint',
  operators: ORDER,
  sortable: true,
  groupable: true,
  searchable: false,
  settings: { properties: { minimum: { type: ['string', 'integer'] }, maximum: { type: ['string', 'integer'] } } },
  jsonSchema: () => ({ anyOf: [{ type: 'string', pattern: '^-?[0-9]{1,19}$' }, { type: 'integer' }] }),
  answerSchema: () => ({ type: 'string' }),
  normalize: (value, field) => {
    if (typeof value === 'number' && !Number.isSafeInteger(value))
      throw new ValueProblem('precision', 'is beyond the numbers that JSON keeps exactly: send it as a string');
    const number = BigInt(String(value));
    if (number > MOST || number < -MOST - 1n) throw new ValueProblem('maximum', 'is beyond 64 bits');
    if (field.minimum !== undefined && number < BigInt(field.minimum))
      throw new ValueProblem('minimum', `must be at least ${field.minimum}`);
    if (field.maximum !== undefined && number > BigInt(field.maximum))
      throw new ValueProblem('maximum', `must be at most ${field.maximum}`);
    return number.toString();
  },
  typescript: () => 'string',
  example: () => '9007199254740993',
};
