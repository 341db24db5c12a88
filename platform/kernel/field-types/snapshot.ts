import type { FieldType } from './field-type.ts';
import { pathSetting } from './related-value.ts';

/**
 * A copy of a related value: it follows its origin whenever the record is saved while it is open, and stays as it was when the document
 * was issued. Open are the statuses that `followsIn` names, else those in which the object may be edited, else the first one; without a status
 * it is copied when the reference changes.
 */
export const snapshot: FieldType = {
  name: 'snapshot',
  label: { en: 'Snapshot', de: 'Momentaufnahme' },
  description: {
    en: 'Keeps a related value as it was when the document was issued.',
    de: 'Bewahrt einen Wert aus einem Verweis, wie er bei der Ausstellung war.',
  },
  storage: 'json',
  operators: ['contains', 'isNull'],
  sortable: false,
  groupable: false,
  searchable: true,
  settings: {
    properties: { path: pathSetting, followsIn: { type: 'array', maxItems: 50, items: { type: 'string' } } },
    required: ['path'],
  },
  jsonSchema: () => ({}),
  typescript: () => 'unknown',
  example: () => 'Acme Ltd',
};
