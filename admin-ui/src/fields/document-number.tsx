import { IconFileDigit } from '@tabler/icons-react';
import type { FieldUi } from './field-ui.ts';
import { PlainCell, PlainInput } from './plain-input.tsx';

export const documentNumber: FieldUi = { name: 'documentNumber', icon: IconFileDigit, Cell: PlainCell, Input: PlainInput, width: 140 };
