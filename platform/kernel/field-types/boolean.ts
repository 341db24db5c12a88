import type { FieldType } from './field-type.ts';

/** Yes or no. */
export const boolean: FieldType = {
  name: 'boolean',
  label: { en: 'Yes / no', de: 'Ja / nein' },
  description: { en: 'A switch that is on or off.', de: 'Ein Schalter, an oder aus.' },
  storage: 'boolean',
  operators: ['eq', 'ne', 'isNull'],
  sortable: true,
  groupable: true,
  searchable: false,
  jsonSchema: () => ({ type: 'boolean' }),
  typescript: () => 'boolean',
  example: () => true,
};
