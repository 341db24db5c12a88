import { Input } from '@mantine/core';
import type { ReactNode } from 'react';
import type { InputFrame } from './input-frame.ts';

type Props = { readonly frame: InputFrame; readonly id?: string; readonly error?: ReactNode; readonly children: ReactNode };

/** Label, help and error around an input that is more than one element, so that no label can belong to it. */
export function FieldWrapper({ frame, id, error, children }: Props) {
  const { label, description, withAsterisk } = frame;
  return (
    <Input.Wrapper
      labelElement="div"
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { label })}
      {...(description === undefined ? {} : { description })}
      {...(withAsterisk === undefined ? {} : { withAsterisk })}
      error={error ?? frame.error}
    >
      {children}
    </Input.Wrapper>
  );
}
