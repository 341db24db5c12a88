import { IconLetterT } from '@tabler/icons-react';
import type { FieldUi } from './field-ui.ts';
import { TextCell } from './actor.tsx';
import { PlainInput } from './plain-input.tsx';

export const text: FieldUi = { name: 'text', icon: IconLetterT, Cell: TextCell, Input: PlainInput, width: 200 };
