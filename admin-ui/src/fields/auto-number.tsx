import { IconHash } from '@tabler/icons-react';
import type { FieldUi } from './field-ui.ts';
import { PlainCell, PlainInput } from './plain-input.tsx';

export const autoNumber: FieldUi = { name: 'autoNumber', icon: IconHash, Cell: PlainCell, Input: PlainInput, width: 130 };
