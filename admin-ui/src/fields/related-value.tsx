import { IconArrowBearRight } from '@tabler/icons-react';
import { CopiedCell, CopiedInput } from './copied.tsx';
import type { FieldUi } from './field-ui.ts';

export const relatedValue: FieldUi = { name: 'relatedValue', icon: IconArrowBearRight, Cell: CopiedCell, Input: CopiedInput, width: 160 };
