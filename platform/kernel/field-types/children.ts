import type { FieldType } from './field-type.ts';

/** Line items: records of a child object that live inside their parent and are written with it. */
export const children: FieldType = {
  name: 'children',
  label: { en: 'Line items', de: 'Positionen' },
  description: {
    en: 'Rows that belong to this record, such as the lines of an offer.',
    de: 'Zeilen, die zu diesem Datensatz gehören, etwa Angebotspositionen.',
  },
  storage: 'none',
  operators: ['some', 'none'],
  sortable: false,
  groupable: false,
  searchable: false,
  settings: { properties: { child: { type: 'string' } }, required: ['child'] },
  jsonSchema: () => ({ type: 'array', maxItems: 1000, items: { type: 'object' } }),
  typescript: () => 'readonly RecordValues[]',
  example: () => [],
};
