import { isCurrency } from '../money/currency.ts';
import { TEXT, ValueProblem, type FieldType } from './field-type.ts';

/** A currency in use, by its ISO 4217 code in capitals; small letters are taken too. */
export const currency: FieldType = {
  name: 'currency',
  label: { en: 'Currency', de: 'Währung' },
  description: { en: 'A currency, chosen from those in use.', de: 'Eine Währung, gewählt aus denen, die im Umlauf sind.' },
  storage: 'text',
  operators: TEXT,
  sortable: true,
  groupable: true,
  searchable: false,
  jsonSchema: () => ({ type: 'string', maxLength: 20 }),
  answerSchema: () => ({ type: 'string', pattern: '^[A-Z]{3}$' }),
  normalize: (value) => {
    const code = String(value).trim().toUpperCase();
    if (!isCurrency(code)) throw new ValueProblem('currency', 'is the ISO 4217 code of a currency, such as EUR');
    return code;
  },
  typescript: () => 'string',
  example: () => 'EUR',
};
