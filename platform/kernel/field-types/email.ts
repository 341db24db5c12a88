import { TEXT, type FieldType } from './field-type.ts';

/** An e-mail address (RFC 5321: 254 characters at most); the domain is stored in lower case. */
export const email: FieldType = {
  name: 'email',
  label: { en: 'E-mail', de: 'E-Mail' },
  description: { en: 'An e-mail address, checked and clickable.', de: 'Eine E-Mail-Adresse, geprüft und anklickbar.' },
  storage: 'text',
  operators: TEXT,
  sortable: true,
  groupable: true,
  searchable: true,
  jsonSchema: () => ({ type: 'string', format: 'email', maxLength: 254 }),
  normalize: (value) => {
    const written = String(value).trim();
    const at = written.lastIndexOf('@');
    return written.slice(0, at) + written.slice(at).toLowerCase();
  },
  typescript: () => 'string',
  example: () => 'ana@example.com',
};
