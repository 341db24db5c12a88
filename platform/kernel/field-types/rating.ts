import { ORDER, type FieldType } from './field-type.ts';

/** The most stars unless the field says otherwise. */
const RATING_MAXIMUM = 5;

/** A number of stars from 1 to the field's maximum (2 to 10). */
export const rating: FieldType = {
  name: 'rating',
  label: { en: 'Rating', de: 'Bewertung' },
  description: { en: 'A number of stars.', de: 'Eine Anzahl von Sternen.' },
  storage: 'integer',
  operators: ORDER,
  sortable: true,
  groupable: true,
  searchable: false,
  settings: { properties: { maximum: { type: 'integer', minimum: 2, maximum: 10 } } },
  jsonSchema: (field) => ({ type: 'integer', minimum: 1, maximum: Number(field.maximum ?? RATING_MAXIMUM) }),
  typescript: () => 'number',
  example: (field) => Math.min(4, Number(field.maximum ?? RATING_MAXIMUM)),
};
