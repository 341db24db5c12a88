import { EQUALITY, type FieldType } from './field-type.ts';

/** A reference to a record of another object, of the same service or another one. Written and filtered as `<name>Id`. */
export const lookup: FieldType = {
  name: 'lookup',
  label: { en: 'Reference', de: 'Verweis' },
  description: {
    en: 'A link to a record of another object.',
    de: 'Eine Verbindung zu einem Datensatz eines anderen Objekts.',
  },
  storage: 'uuid',
  operators: [...EQUALITY, 'under'],
  sortable: false,
  groupable: true,
  searchable: false,
  settings: {
    properties: { target: { type: 'string' }, mirror: { type: 'array', items: { type: 'string' }, maxItems: 40 } },
    required: ['target'],
  },
  jsonSchema: () => ({ type: 'string', format: 'uuid' }),
  normalize: (value) => String(value).toLowerCase(),
  apiName: (name) => `${name}Id`,
  typescript: () => 'string',
  example: () => '01890a5d-ac96-774b-bcce-b302099a8057',
};
