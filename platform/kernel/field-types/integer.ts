import { ORDER, type FieldType } from './field-type.ts';

/** A whole number of 32 bits. */
export const integer: FieldType = {
  name: 'integer',
  label: { en: 'Whole number', de: 'Ganze Zahl' },
  description: {
    en: 'A number without decimals, such as a count.',
    de: 'Eine Zahl ohne Nachkommastellen, etwa eine Anzahl.',
  },
  storage: 'integer',
  operators: ORDER,
  sortable: true,
  groupable: true,
  searchable: false,
  settings: { properties: { minimum: { type: 'integer' }, maximum: { type: 'integer' } } },
  jsonSchema: (field) => ({
    type: 'integer',
    minimum: Number(field.minimum ?? -2147483648),
    maximum: Number(field.maximum ?? 2147483647),
  }),
  typescript: () => 'number',
  example: () => 42,
};
