import { isValidBIC } from 'ibantools';
import { TEXT, ValueProblem, type FieldType } from './field-type.ts';

/** A bank's identifier (ISO 9362), 8 or 11 characters in upper case. */
export const bic: FieldType = {
  name: 'bic',
  label: { en: 'BIC', de: 'BIC' },
  description: { en: 'The international code of a bank.', de: 'Der internationale Code einer Bank.' },
  storage: 'text',
  operators: TEXT,
  sortable: true,
  groupable: true,
  searchable: true,
  jsonSchema: () => ({ type: 'string', maxLength: 20 }),
  normalize: (value) => {
    const code = String(value).replaceAll(/\s/g, '').toUpperCase();
    if (!isValidBIC(code)) throw new ValueProblem('bic', 'is no valid BIC: it has 8 or 11 characters, such as COBADEFFXXX');
    return code;
  },
  typescript: () => 'string',
  example: () => 'COBADEFFXXX',
};
