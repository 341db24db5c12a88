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

/** All of them; where a row has one line, the first and how many there are besides. */
function MultiSelectCell({ field, value }: CellProps) {
  const { say } = useTexts();
  const keys = keysOf(value);
  const names = keys.map((key) => say(field.options?.find((option) => option.key === key)?.label) || key);
  return (
    <span className="cell-words" title={names.join(', ')}>
      {keys.map((key) => (
        <OptionBadge key={key} options={field.options} value={key} />
      ))}
      {keys.length > 1 && <span className="cell-more">+{keys.length - 1}</span>}
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
