import { IconNumber123 } from '@tabler/icons-react';
import { formatDecimal } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';
import { DecimalInput } from './decimal-input.tsx';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf } from './input-frame.ts';

export const integer: FieldUi = {
  name: 'integer',
  icon: IconNumber123,
  Cell: IntegerCell,
  Input: IntegerInput,
  isNumber: true,
  width: 110,
};

function IntegerCell({ value }: CellProps) {
  const { language } = useTexts();
  return <>{formatDecimal(textOf(value), language)}</>;
}

/** Whole numbers are numbers in JSON; what is none is sent as typed, and the server says so. */
function IntegerInput(props: InputProps) {
  const whole = (value: unknown): unknown => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value);
  return <DecimalInput {...props} onChange={(value) => props.onChange(whole(value))} />;
}
