import { ColorInput, ColorSwatch, Group } from '@mantine/core';
import { IconPalette } from '@tabler/icons-react';
import { useTexts } from '../i18n/index.ts';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf, useInputFrame } from './input-frame.ts';

export const color: FieldUi = { name: 'color', icon: IconPalette, Cell: ColorCell, Input: ColorTextInput, width: 120 };

const SWATCHES = [
  '#fa5252',
  '#e64980',
  '#be4bdb',
  '#7950f2',
  '#4c6ef5',
  '#228be6',
  '#15aabf',
  '#12b886',
  '#40c057',
  '#82c91e',
  '#fab005',
  '#fd7e14',
];

function ColorCell({ value }: CellProps) {
  const written = textOf(value);
  if (written === '') return null;
  return (
    <Group gap={6} wrap="nowrap" component="span">
      <ColorSwatch component="span" color={written} size={14} withShadow={false} aria-hidden />
      {written}
    </Group>
  );
}

function ColorTextInput(props: InputProps) {
  const { t } = useTexts();
  const frame = useInputFrame(props);
  return (
    <ColorInput
      {...frame}
      value={textOf(props.value)}
      swatches={SWATCHES}
      withEyeDropper={false}
      popoverProps={{ withinPortal: true }}
      placeholder={t('color.example')}
      onChange={(value) => props.onChange(value === '' ? null : value)}
    />
  );
}
