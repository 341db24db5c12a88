import { IconProgressCheck } from '@tabler/icons-react';
import type { FieldUi } from './field-ui.ts';
import { SelectCell, SelectInput } from './select.tsx';

/** A status is a choice like any other, until commands move it: then nothing asks for its input. */
export const status: FieldUi = { name: 'status', icon: IconProgressCheck, Cell: SelectCell, Input: SelectInput, width: 130 };
