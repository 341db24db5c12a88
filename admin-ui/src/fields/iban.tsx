import { IconBuildingBank } from '@tabler/icons-react';
import type { CellProps, FieldUi } from './field-ui.ts';
import { textOf } from './input-frame.ts';
import { PlainInput } from './plain-input.tsx';

export const iban: FieldUi = { name: 'iban', icon: IconBuildingBank, Cell: IbanCell, Input: PlainInput, width: 230 };

/** In groups of four, as it stands on paper. */
function IbanCell({ value }: CellProps) {
  return <>{textOf(value).replaceAll(/(.{4})(?=.)/g, '$1\u00A0')}</>;
}
