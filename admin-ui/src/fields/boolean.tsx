import { Checkbox } from '@mantine/core';
import { IconCheck, IconCheckbox } from '@tabler/icons-react';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { useInputFrame } from './input-frame.ts';

export const boolean: FieldUi = { name: 'boolean', icon: IconCheckbox, Cell: BooleanCell, Input: BooleanInput, width: 100 };

function BooleanCell({ value }: CellProps) {
  const { t } = useTexts();
  if (value === true) return <IconCheck size={16} role="img" aria-label={t('field.yes')} />;
  return <>{value === false ? t('field.no') : ''}</>;
}

function BooleanInput(props: InputProps) {
  const { variant: _variant, withAsterisk: _star, ...frame } = useInputFrame(props);
  return (
    <Checkbox
      {...frame}
      mt={props.isBare === true ? 0 : 26}
      checked={props.value === true}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}
