import { autoNumber, formatSetting } from './auto-number.ts';
import type { FieldType } from './field-type.ts';

/** A gapless number, drawn in the transaction that issues the document, per company, series and fiscal year. Drafts carry none. */
export const documentNumber: FieldType = {
  ...autoNumber,
  name: 'documentNumber',
  label: { en: 'Document number', de: 'Belegnummer' },
  description: {
    en: 'A gapless number, drawn when the document is issued.',
    de: 'Eine lückenlose Nummer, beim Ausstellen gezogen.',
  },
  settings: { properties: { format: formatSetting } },
  example: () => 'OF-2026-00001',
};
