import { IconProgressCheck } from '@tabler/icons-react';
import type { FieldUi, InputProps } from './field-ui.ts';
import { SelectCell } from './select.tsx';

/** A status is moved by commands, never typed: its input shows it. */
export const status: FieldUi = { name: 'status', icon: IconProgressCheck, Cell: SelectCell, Input: StatusInput, width: 130 };

function StatusInput({ field, value, record }: InputProps) {
  return <SelectCell field={field} value={value} record={record} />;
}
