import { TEXT, ValueProblem, type FieldType } from './field-type.ts';

/** The record's key in another system; unique among living records, so that `PUT …/by/{field}/{value}` finds it. */
export const externalId: FieldType = {
  name: 'externalId',
  label: { en: 'External key', de: 'Fremdschlüssel' },
  description: {
    en: 'The key of this record in another system. Always unique.',
    de: 'Der Schlüssel dieses Datensatzes in einem anderen System. Immer eindeutig.',
  },
  storage: 'text',
  operators: TEXT,
  sortable: true,
  groupable: false,
  searchable: true,
  settings: { properties: { pattern: { type: 'string', maxLength: 500 } } },
  jsonSchema: (field) => ({ type: 'string', maxLength: 200, ...(field.pattern ? { pattern: field.pattern } : {}) }),
  normalize: (value) => {
    const key = String(value).trim();
    if (/\p{Cc}/u.test(key)) throw new ValueProblem('characters', 'cannot contain control characters');
    return key;
  },
  typescript: () => 'string',
  example: () => 'SAP-0000123',
};
