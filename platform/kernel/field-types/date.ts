import { ORDER, ValueProblem, type FieldType } from './field-type.ts';

/** A calendar day without a time zone: `2026-01-31` (ISO 8601). */
export const date: FieldType = {
  name: 'date',
  label: { en: 'Date', de: 'Datum' },
  description: { en: 'A calendar day.', de: 'Ein Kalendertag.' },
  storage: 'date',
  operators: ORDER,
  sortable: true,
  groupable: true,
  searchable: false,
  jsonSchema: () => ({ type: 'string', format: 'date' }),
  normalize: (value) => {
    if (String(value).startsWith('0000')) throw new ValueProblem('date', 'is before the year 1');
    return value;
  },
  typescript: () => 'string',
  example: () => '2026-01-31',
};
