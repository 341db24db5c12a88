import { IconPercentage } from '@tabler/icons-react';
import { formatDecimal } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';
import { DecimalInput } from './decimal-input.tsx';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf } from './input-frame.ts';

export const percent: FieldUi = {
  name: 'percent',
  icon: IconPercentage,
  Cell: PercentCell,
  Input: PercentInput,
  isNumber: true,
  width: 100,
};

/** A share that was worked out is kept to six decimals; zeros at its end say nothing. */
const SHOWN = { minimum: 0, maximum: 20 };

/** Percent in points: `19` is 19 %. */
function PercentCell({ value }: CellProps) {
  const { language } = useTexts();
  const text = textOf(value);
  return <>{text === '' ? '' : `${formatDecimal(text, language, SHOWN)}\u00a0%`}</>;
}

function PercentInput(props: InputProps) {
  return <DecimalInput {...props} unit="%" />;
}
