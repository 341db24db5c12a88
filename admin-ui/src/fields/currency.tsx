import { Select } from '@mantine/core';
import { IconCoin } from '@tabler/icons-react';
import { useTexts } from '../i18n/index.ts';
import { CURRENCIES } from './currencies.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf, useInputFrame } from './input-frame.ts';

export const currency: FieldUi = { name: 'currency', icon: IconCoin, Cell: CurrencyCell, Input: CurrencyInput, width: 110 };

function CurrencyCell({ value }: CellProps) {
  return textOf(value);
}

function CurrencyInput(props: InputProps) {
  const { language, t } = useTexts();
  const frame = useInputFrame(props);
  const code = textOf(props.value);
  const names = new Intl.DisplayNames([language], { type: 'currency' });
  // A code from before this list was checked stays shown.
  const codes = code === '' || CURRENCIES.includes(code) ? CURRENCIES : [code, ...CURRENCIES];
  return (
    <Select
      {...frame}
      data={codes.map((one) => ({ value: one, label: `${one} · ${names.of(one) ?? one}` }))}
      value={code === '' ? null : code}
      onChange={(value) => props.onChange(value)}
      clearable={props.field.required !== true && props.field.editable}
      clearButtonProps={{ 'aria-label': t('field.clear') }}
      searchable
      checkIconPosition="right"
    />
  );
}
