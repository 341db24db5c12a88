import { IconBuildingBank } from '@tabler/icons-react';
import type { FieldUi } from './field-ui.ts';
import { PlainCell, PlainInput } from './plain-input.tsx';

export const bic: FieldUi = { name: 'bic', icon: IconBuildingBank, Cell: PlainCell, Input: PlainInput, width: 140 };
