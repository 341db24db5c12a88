import { IconClock } from '@tabler/icons-react';
import type { CellProps, FieldUi, InputProps } from './field-ui.ts';
import { textOf } from './input-frame.ts';
import { PlainInput } from './plain-input.tsx';

export const time: FieldUi = { name: 'time', icon: IconClock, Cell: TimeCell, Input: TimeInput, width: 100 };

/** Seconds are shown where there are any. */
function TimeCell({ value }: CellProps) {
  return <>{textOf(value).replace(/^(\d{2}:\d{2}):00$/, '$1')}</>;
}

function TimeInput(props: InputProps) {
  return <PlainInput {...props} value={textOf(props.value).replace(/^(\d{2}:\d{2}):00$/, '$1')} type="time" />;
}
