import { IconMarkdown } from '@tabler/icons-react';
import type { FieldUi } from './field-ui.ts';
import { longText } from './long-text.tsx';

/** Shown as it is written: HTML in it is text. */
export const markdown: FieldUi = { ...longText, name: 'markdown', icon: IconMarkdown, isWide: true };
