import { vatNumberExample } from '../vat/vat-number-example.ts';
import { vatNumberAsWritten, vatNumberFault } from '../vat/vat-number.ts';
import { TEXT, ValueProblem, type FieldType } from './field-type.ts';

const LETTERHEAD = 'compare it with the company’s letterhead';

function problemOf(fault: 'country' | 'format' | 'check', number: string): ValueProblem {
  if (fault === 'country') return new ValueProblem('vatCountry', 'begins with the two letters of its country, such as DE136695976');
  const example = vatNumberExample(number);
  const such = example === undefined ? '' : `, such as ${example}`;
  if (fault === 'check') return new ValueProblem('vatNumber', `has a digit that is wrong: ${LETTERHEAD}`, example);
  return new ValueProblem('vatNumber', `does not have the form of its country’s VAT numbers${such}: ${LETTERHEAD}`, example);
}

/** A VAT identification number with its country's letters, stored without spaces and dots; the check digits of its country must be right. */
export const vatNumber: FieldType = {
  name: 'vatNumber',
  label: { en: 'VAT number', de: 'USt-IdNr.' },
  description: {
    en: 'A VAT number with its country; its check digits are verified.',
    de: 'Eine Umsatzsteuer-Identifikationsnummer mit Land; ihre Prüfziffern werden geprüft.',
  },
  storage: 'text',
  operators: TEXT,
  sortable: true,
  groupable: true,
  searchable: true,
  jsonSchema: () => ({ type: 'string', maxLength: 40 }),
  normalize: (value) => {
    const number = vatNumberAsWritten(String(value));
    const fault = vatNumberFault(number);
    if (fault) throw problemOf(fault, number);
    return number;
  },
  typescript: () => 'string',
  example: () => 'DE136695976',
};
