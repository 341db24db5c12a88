import { ORDER, TEXT, type FieldType } from './field-type.ts';

/** Schema of the `format` setting: text with one run of zeros in braces, and optionally {YYYY}, {YY}, {MM}. */
export const formatSetting = {
  type: 'string',
  maxLength: 60,
  pattern: '^[^{}]*(\\{(YYYY|YY|MM)\\}[^{}]*)*\\{0{1,12}\\}[^{}]*$',
};

/** A number given when the record is created, such as `C-00042`. Unique; may have gaps. */
export const autoNumber: FieldType = {
  name: 'autoNumber',
  label: { en: 'Automatic number', de: 'Automatische Nummer' },
  description: { en: 'Counts up with every new record.', de: 'Zählt mit jedem neuen Datensatz hoch.' },
  storage: 'text',
  operators: [...new Set([...ORDER, ...TEXT])],
  sortable: true,
  groupable: false,
  searchable: true,
  settings: { properties: { format: formatSetting } },
  jsonSchema: () => ({ type: 'string', maxLength: 60 }),
  typescript: () => 'string',
  example: () => 'C-00042',
};
