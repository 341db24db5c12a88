import type { FieldType } from './field-type.ts';
import { select } from './select.ts';

/** Where a record stands in its life. Moved by commands, never typed in. */
export const status: FieldType = {
  ...select,
  name: 'status',
  label: { en: 'Status', de: 'Status' },
  description: {
    en: 'Where a record stands in its life; moved by commands.',
    de: 'Wo ein Datensatz in seinem Leben steht; Befehle bewegen ihn.',
  },
  settings: { properties: { ...select.settings?.properties, initial: { type: 'string' } } },
};
