import type { FieldType } from './field-type.ts';

/** Schema of the `path` setting: a reference of the same object, and a field of what it leads to. */
export const pathSetting = { type: 'string', pattern: '^[a-z][A-Za-z0-9]{0,40}\\.[a-z][A-Za-z0-9]{0,40}$' } as const;

/** A value read through a reference, as it is now: `customer.email`. It has no column, is filtered and sorted like the field it reads, and never written. */
export const relatedValue: FieldType = {
  name: 'relatedValue',
  label: { en: 'Related value', de: 'Wert aus Verweis' },
  description: {
    en: 'Shows a field of a record that is referred to, as it is now.',
    de: 'Zeigt ein Feld eines Datensatzes, auf den verwiesen wird, wie es jetzt ist.',
  },
  storage: 'none',
  operators: [],
  sortable: false,
  groupable: false,
  searchable: false,
  settings: { properties: { path: pathSetting }, required: ['path'] },
  jsonSchema: () => ({}),
  typescript: () => 'unknown',
  example: () => 'office@acme.example',
};
