import { IconFingerprint } from '@tabler/icons-react';
import type { FieldUi } from './field-ui.ts';
import { PlainCell, PlainInput } from './plain-input.tsx';

export const externalId: FieldUi = { name: 'externalId', icon: IconFingerprint, Cell: PlainCell, Input: PlainInput, width: 150 };
