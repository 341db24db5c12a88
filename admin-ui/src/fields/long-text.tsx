import { Text, Textarea } from '@mantine/core';
import { IconAlignLeft } from '@tabler/icons-react';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf, useInputFrame } from './input-frame.ts';

export const longText: FieldUi = { name: 'longText', icon: IconAlignLeft, Cell: LongTextCell, Input: LongTextInput, width: 260 };

function LongTextCell({ value }: CellProps) {
  return (
    <Text inherit span className="long-text">
      {textOf(value)}
    </Text>
  );
}

function LongTextInput(props: InputProps) {
  const frame = useInputFrame(props);
  return (
    <Textarea
      {...frame}
      autosize
      minRows={props.isBare === true ? 1 : 3}
      maxRows={14}
      value={textOf(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  );
}
