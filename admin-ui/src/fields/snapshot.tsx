import { IconCamera } from '@tabler/icons-react';
import { CopiedCell, CopiedInput } from './copied.tsx';
import type { FieldUi } from './field-ui.ts';

export const snapshot: FieldUi = { name: 'snapshot', icon: IconCamera, Cell: CopiedCell, Input: CopiedInput, width: 160 };
