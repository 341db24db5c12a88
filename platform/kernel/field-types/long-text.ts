import type { FieldType } from './field-type.ts';

/** Several lines of plain text, up to 100,000 characters unless the field says otherwise. */
export const longText: FieldType = {
  name: 'longText',
  label: { en: 'Long text', de: 'Langer Text' },
  description: {
    en: 'Several lines of plain text, such as a note.',
    de: 'Mehrere Zeilen einfacher Text, etwa eine Notiz.',
  },
  storage: 'text',
  operators: ['contains', 'startsWith', 'isNull', 'eq'],
  sortable: false,
  groupable: false,
  searchable: true,
  settings: { properties: { maxLength: { type: 'integer', minimum: 1, maximum: 1_000_000 } } },
  jsonSchema: (field) => ({ type: 'string', maxLength: field.maxLength ?? 100_000 }),
  typescript: () => 'string',
  example: () => 'Delivery to the back door, please.',
};
