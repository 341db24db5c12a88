import { Anchor } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf } from './input-frame.ts';
import { PlainInput } from './plain-input.tsx';

export const phone: FieldUi = { name: 'phone', icon: IconPhone, Cell: PhoneCell, Input: PhoneInput, width: 170 };

function PhoneCell({ value }: CellProps) {
  const number = textOf(value);
  if (number === '') return null;
  return (
    <Anchor href={`tel:${number.replaceAll(/[^+\d]/g, '')}`} inherit>
      {number}
    </Anchor>
  );
}

function PhoneInput(props: InputProps) {
  return <PlainInput {...props} type="tel" />;
}
