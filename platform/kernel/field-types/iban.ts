import { electronicFormatIBAN, isValidIBAN } from 'ibantools';
import { TEXT, ValueProblem, type FieldType } from './field-type.ts';

/** An account number (ISO 13616), stored without spaces; country, length and check digits must be right. */
export const iban: FieldType = {
  name: 'iban',
  label: { en: 'IBAN', de: 'IBAN' },
  description: {
    en: 'An international bank account number; its check digits are verified.',
    de: 'Eine internationale Kontonummer; ihre Prüfziffern werden geprüft.',
  },
  storage: 'text',
  operators: TEXT,
  sortable: true,
  groupable: true,
  searchable: true,
  jsonSchema: () => ({ type: 'string', maxLength: 60 }),
  normalize: (value) => {
    const number = electronicFormatIBAN(String(value)) ?? '';
    if (!isValidIBAN(number))
      throw new ValueProblem(
        'iban',
        'is no valid IBAN, such as DE89 3704 0044 0532 0130 00: compare it with what the account holder gave you',
      );
    return number;
  },
  typescript: () => 'string',
  example: () => 'DE89370400440532013000',
};
