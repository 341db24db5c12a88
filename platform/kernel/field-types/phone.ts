import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { TEXT, ValueProblem, type FieldType } from './field-type.ts';

/** A telephone number, stored in E.164 (`+4930123456`). Input in any notation with the country code. */
export const phone: FieldType = {
  name: 'phone',
  label: { en: 'Phone', de: 'Telefon' },
  description: {
    en: 'A phone number with country code, stored in the international form.',
    de: 'Eine Telefonnummer mit Landesvorwahl, international gespeichert.',
  },
  storage: 'text',
  operators: TEXT,
  sortable: true,
  groupable: true,
  searchable: true,
  jsonSchema: () => ({ type: 'string', maxLength: 40 }),
  normalize: (value) => {
    const parsed = parsePhoneNumberFromString(String(value).replace(/^\s*00/, '+'));
    if (!parsed?.isPossible()) throw new ValueProblem('phone', 'is not a phone number with country code, such as +49 30 123456');
    return parsed.number;
  },
  typescript: () => 'string',
  example: () => '+4930123456',
};
