import { ORDER, ValueProblem, type FieldType } from './field-type.ts';

/** An instant, stored and answered in UTC with milliseconds (RFC 3339). */
export const dateTime: FieldType = {
  name: 'dateTime',
  label: { en: 'Date and time', de: 'Datum und Uhrzeit' },
  description: {
    en: 'An instant; everyone sees it in their own time zone.',
    de: 'Ein Zeitpunkt; jeder sieht ihn in seiner Zeitzone.',
  },
  storage: 'timestamp',
  operators: ORDER,
  sortable: true,
  groupable: true,
  searchable: false,
  jsonSchema: () => ({ type: 'string', format: 'date-time' }),
  normalize: (value) => {
    const instant = new Date(String(value));
    if (Number.isNaN(instant.getTime()) || instant.getUTCFullYear() < 1)
      throw new ValueProblem('dateTime', 'is not an instant such as 2026-01-31T13:45:00Z');
    return instant.toISOString();
  },
  typescript: () => 'string',
  example: () => '2026-01-31T13:45:00.000Z',
};
