import { isList } from '../json.ts';
import { SETS, type FieldType } from './field-type.ts';

const MOST = 500;

/**
 * References to any number of records of another object: field `tags` is written and filtered as `tagIds`, an array of ids in the order
 * given; read with `expand=tags`. It is kept as an array in the record, so that a list reads it without a join and its history shows it.
 */
export const manyToMany: FieldType = {
  name: 'manyToMany',
  label: { en: 'References, many', de: 'Verweise, mehrere' },
  description: {
    en: 'Links to any number of records of another object.',
    de: 'Verbindungen zu beliebig vielen Datensätzen eines anderen Objekts.',
  },
  storage: 'uuidArray',
  operators: SETS,
  sortable: false,
  groupable: false,
  searchable: false,
  settings: {
    properties: { target: { type: 'string' }, mirror: { type: 'array', items: { type: 'string' }, maxItems: 40 } },
    required: ['target'],
  },
  jsonSchema: () => ({ type: 'array', maxItems: MOST, items: { type: 'string', format: 'uuid' } }),
  normalize: (value) => [...new Set((isList(value) ? value : []).map((id) => String(id).toLowerCase()))],
  apiName: (name) => `${singular(name)}Ids`,
  typescript: () => 'readonly string[]',
  example: () => ['01890a5d-ac96-774b-bcce-b302099a8057'],
};

function singular(name: string): string {
  if (/[^aeiou]ies$/.test(name)) return `${name.slice(0, -3)}y`;
  if (/(ss|sh|ch|x|z)es$/.test(name)) return name.slice(0, -2);
  return /(ss|us|is)$/.test(name) ? name : name.replace(/s$/, '');
}
