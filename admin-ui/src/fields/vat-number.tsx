import { IconReceiptTax } from '@tabler/icons-react';
import type { FieldUi } from './field-ui.ts';
import { PlainCell, PlainInput } from './plain-input.tsx';

export const vatNumber: FieldUi = { name: 'vatNumber', icon: IconReceiptTax, Cell: PlainCell, Input: PlainInput, width: 160 };
