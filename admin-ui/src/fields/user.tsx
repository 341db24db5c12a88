import { IconUser } from '@tabler/icons-react';
import type { FieldUi } from './field-ui.ts';
import { ReferenceCell, ReferenceInput } from './lookup.tsx';

export const user: FieldUi = { name: 'user', icon: IconUser, Cell: ReferenceCell, Input: ReferenceInput, width: 170 };
