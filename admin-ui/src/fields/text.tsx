import { IconLetterT } from '@tabler/icons-react';
import type { FieldUi } from './field-ui.ts';
import { PlainCell, PlainInput } from './plain-input.tsx';

export const text: FieldUi = { name: 'text', icon: IconLetterT, Cell: PlainCell, Input: PlainInput, width: 200 };
