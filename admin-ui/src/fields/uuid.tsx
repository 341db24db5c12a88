import { IconFingerprint } from '@tabler/icons-react';
import type { FieldUi } from './field-ui.ts';
import { PlainCell, PlainInput } from './plain-input.tsx';

export const uuid: FieldUi = { name: 'uuid', icon: IconFingerprint, Cell: PlainCell, Input: PlainInput, width: 300 };
