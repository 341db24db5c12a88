import { IconCoins } from '@tabler/icons-react';
import { useMe } from '../api/metadata.ts';
import type { RecordValues } from '../api/records.ts';
import type { Field } from '../api/metadata.ts';
import { digitsOf, formatMoney } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';
import { DecimalInput } from './decimal-input.tsx';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf } from './input-frame.ts';

export const money: FieldUi = { name: 'money', icon: IconCoins, Cell: MoneyCell, Input: MoneyInput, isNumber: true, width: 130 };

function MoneyCell({ field, value, record }: CellProps) {
  const { language } = useTexts();
  const currency = useCurrency(field, record);
  const text = textOf(value);
  return <>{text === '' ? '' : formatMoney(text, currency, language)}</>;
}

function MoneyInput(props: InputProps) {
  const currency = useCurrency(props.field, props.record);
  return <DecimalInput {...props} unit={currency} minimumDigits={digitsOf(currency)} />;
}

/** The field that `currencyField` names, else the record's `currency`, else the company's, else the installation's. */
function useCurrency(field: Field, record: RecordValues): string | undefined {
  const { company, currency } = useMe();
  const own = textOf(record[field.currencyField ?? 'currency']);
  return own === '' ? (company?.currency ?? currency ?? undefined) : own;
}
