import { TEXT, ValueProblem, type FieldType } from './field-type.ts';

/** A country by its ISO 3166-1 code of two capitals; small letters are taken too. Northern Ireland is XI, as for VAT. */
export const country: FieldType = {
  name: 'country',
  label: { en: 'Country', de: 'Land' },
  description: { en: 'A country, chosen by its name.', de: 'Ein Land, gewählt nach seinem Namen.' },
  storage: 'text',
  operators: TEXT,
  sortable: true,
  groupable: true,
  searchable: false,
  jsonSchema: () => ({ type: 'string', maxLength: 20 }),
  answerSchema: () => ({ type: 'string', pattern: '^[A-Z]{2}$' }),
  normalize: (value) => {
    const code = String(value).trim().toUpperCase();
    if (!/^[A-Z]{2}$/.test(code)) throw new ValueProblem('country', 'is the ISO 3166 code of a country in two letters, such as DE');
    return code;
  },
  typescript: () => 'string',
  example: () => 'DE',
};
