import { IconDecimal } from '@tabler/icons-react';
import { formatDecimal } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';
import { DecimalInput } from './decimal-input.tsx';
import type { CellProps, FieldUi } from './field-ui.ts';
import { textOf } from './input-frame.ts';

export const decimal: FieldUi = {
  name: 'decimal',
  icon: IconDecimal,
  Cell: DecimalCell,
  Input: DecimalInput,
  isNumber: true,
  width: 120,
};

function DecimalCell({ field, value }: CellProps) {
  const { language } = useTexts();
  const digits = field.scale === undefined ? undefined : { minimum: field.scale, maximum: field.scale };
  return <>{formatDecimal(textOf(value), language, digits)}</>;
}
