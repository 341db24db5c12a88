import type { FieldType } from './field-type.ts';

/**
 * A condition on records, kept as data: which documents need approval, which customers are told. It is a filter as the conditions of fields are.
 * `objectField` names the choice of the same record whose value is the object that is asked about; absent: its own object. What it names is
 * checked when it is saved, where the whole metadata are at hand.
 */
export const condition: FieldType = {
  name: 'condition',
  label: { en: 'Condition', de: 'Bedingung' },
  description: { en: 'Which records are meant, by their values.', de: 'Welche Datensätze gemeint sind, nach ihren Werten.' },
  storage: 'json',
  operators: ['isNull'],
  sortable: false,
  groupable: false,
  searchable: false,
  settings: { properties: { objectField: { type: 'string' } } },
  jsonSchema: () => ({ type: 'object', minProperties: 1, description: 'A filter: {"total":{"gt":"50000"}}' }),
  typescript: () => '{ readonly [name: string]: unknown }',
  example: () => ({ total: { gt: '50000' } }),
};
