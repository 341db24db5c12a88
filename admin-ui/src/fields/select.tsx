import { Select } from '@mantine/core';
import { IconCircleDot } from '@tabler/icons-react';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf, useInputFrame } from './input-frame.ts';
import { OptionBadge } from './option-badge.tsx';

export const select: FieldUi = { name: 'select', icon: IconCircleDot, Cell: SelectCell, Input: SelectInput, width: 140 };

export function SelectCell({ field, value }: CellProps) {
  const key = textOf(value);
  return key === '' ? null : <OptionBadge options={field.options} value={key} />;
}

/** Retired options are offered only where one is the value. */
export function SelectInput(props: InputProps) {
  const { say, t } = useTexts();
  const frame = useInputFrame(props);
  const key = textOf(props.value);
  const options = (props.field.options ?? []).filter((option) => option.retired !== true || option.key === key);
  return (
    <Select
      {...frame}
      data={options.map((option) => ({ value: option.key, label: say(option.label) }))}
      value={key === '' ? null : key}
      onChange={(value) => props.onChange(value)}
      clearable={props.field.required !== true && props.field.type !== 'status' && props.field.editable}
      clearButtonProps={{ 'aria-label': t('field.clear') }}
      searchable={options.length > 8}
      checkIconPosition="right"
    />
  );
}
