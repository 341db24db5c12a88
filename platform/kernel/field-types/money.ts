import { toScale } from '../decimal.ts';
import { decimal, decimalSettings } from './decimal.ts';
import type { FieldType } from './field-type.ts';

/**
 * An amount of money. Its currency is the field that `currencyField` names, else the record's `currency`, else the company's.
 * With a scale it is rounded HALF_UP to it; without one the digits stay as written, so that a hook may write a currency's own digits.
 */
export const money: FieldType = {
  ...decimal,
  name: 'money',
  label: { en: 'Money', de: 'Betrag' },
  description: { en: 'An exact amount in a currency.', de: 'Ein genauer Betrag in einer Währung.' },
  settings: { properties: { ...decimalSettings.properties, currencyField: { type: 'string' }, explainedBy: { type: 'string' } } },
  example: (field) => toScale('1234.5', field.scale ?? 2),
};
