import { TEXT, type FieldType } from './field-type.ts';

/** One line of text, up to 255 characters unless the field says otherwise. */
export const text: FieldType = {
  name: 'text',
  label: { en: 'Text', de: 'Text' },
  description: {
    en: 'One line of text, such as a name or a reference.',
    de: 'Eine Zeile Text, etwa ein Name oder ein Zeichen.',
  },
  storage: 'text',
  operators: TEXT,
  sortable: true,
  groupable: true,
  searchable: true,
  settings: {
    properties: {
      maxLength: { type: 'integer', minimum: 1, maximum: 4000 },
      pattern: { type: 'string', maxLength: 500 },
    },
  },
  jsonSchema: (field) => ({
    type: 'string',
    maxLength: field.maxLength ?? 255,
    ...(field.pattern ? { pattern: field.pattern } : {}),
  }),
  normalize: (value) => String(value).trim(),
  typescript: () => 'string',
  example: () => 'Acme Ltd',
};
