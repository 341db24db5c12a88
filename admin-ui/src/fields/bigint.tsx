import { IconNumber } from '@tabler/icons-react';
import { formatDecimal } from '../i18n/format.ts';
import { useTexts } from '../i18n/index.ts';
import { DecimalInput } from './decimal-input.tsx';
import type { CellProps, FieldUi } from './field-ui.ts';
import { textOf } from './input-frame.ts';

export const bigint: FieldUi = { name: 'bigint', icon: IconNumber, Cell: BigintCell, Input: DecimalInput, isNumber: true, width: 150 };

function BigintCell({ value }: CellProps) {
  const { language } = useTexts();
  return <>{formatDecimal(textOf(value), language)}</>;
}
