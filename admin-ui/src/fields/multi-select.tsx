import { MultiSelect } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { useInputFrame } from './input-frame.ts';
import { OptionBadge } from './option-badge.tsx';

export const multiSelect: FieldUi = {
  name: 'multiSelect',
  icon: IconListCheck,
  Cell: MultiSelectCell,
  Input: MultiSelectInput,
  width: 200,
};

function keysOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((key): key is string => typeof key === 'string') : [];
}

function MultiSelectCell({ field, value }: CellProps) {
  return (
    <span className="cell-words">
      {keysOf(value).map((key) => (
        <OptionBadge key={key} options={field.options} value={key} />
      ))}
    </span>
  );
}

function MultiSelectInput(props: InputProps) {
  const { say, t } = useTexts();
  const frame = useInputFrame(props);
  const keys = keysOf(props.value);
  const options = (props.field.options ?? []).filter((option) => option.retired !== true || keys.includes(option.key));
  return (
    <MultiSelect
      {...frame}
      data={options.map((option) => ({ value: option.key, label: say(option.label) }))}
      value={keys}
      onChange={(value) => props.onChange(value)}
      clearable
      clearButtonProps={{ 'aria-label': t('field.clear') }}
    />
  );
}
