import { Anchor } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf } from './input-frame.ts';
import { PlainInput } from './plain-input.tsx';

export const email: FieldUi = { name: 'email', icon: IconMail, Cell: EmailCell, Input: EmailInput, width: 220 };

function EmailCell({ value }: CellProps) {
  const address = textOf(value);
  if (address === '') return null;
  return (
    <Anchor href={`mailto:${encodeURIComponent(address).replace('%40', '@')}`} inherit>
      {address}
    </Anchor>
  );
}

function EmailInput(props: InputProps) {
  return <PlainInput {...props} type="email" />;
}
