import type { FieldType } from './field-type.ts';
import { longText } from './long-text.ts';

/** Text in Markdown, stored as written; whoever shows it must take HTML in it for text. */
export const markdown: FieldType = {
  ...longText,
  name: 'markdown',
  label: { en: 'Markdown', de: 'Markdown' },
  description: {
    en: 'Text with simple marks for headings, lists and links.',
    de: 'Text mit einfachen Zeichen für Überschriften, Listen und Links.',
  },
  example: () => '**Delivery** to the back door, please.',
};
