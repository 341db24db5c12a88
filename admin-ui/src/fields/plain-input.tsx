import { TextInput } from '@mantine/core';
import type { HTMLInputTypeAttribute } from 'react';
import type { CellProps, InputProps } from './field-ui.ts';
import { textOf, useInputFrame } from './input-frame.ts';

/** One line of text; emptied, it is no value. */
export function PlainInput(props: InputProps & { readonly type?: HTMLInputTypeAttribute }) {
  const frame = useInputFrame(props);
  return (
    <TextInput
      {...frame}
      type={props.type ?? 'text'}
      value={textOf(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  );
}

export function PlainCell({ value }: CellProps) {
  return <>{textOf(value)}</>;
}
