import { TEXT, ValueProblem, type FieldType } from './field-type.ts';

/** A web address with http or https. */
export const url: FieldType = {
  name: 'url',
  label: { en: 'Link', de: 'Link' },
  description: {
    en: 'A web address that opens in a new tab.',
    de: 'Eine Webadresse, die sich in einem neuen Tab öffnet.',
  },
  storage: 'text',
  operators: TEXT,
  sortable: true,
  groupable: true,
  searchable: true,
  jsonSchema: () => ({ type: 'string', maxLength: 2000 }),
  normalize: (value) => {
    const written = String(value).trim();
    if (!/^https?:\/\//i.test(written) || !URL.canParse(written))
      throw new ValueProblem('url', 'is not a web address that begins with http:// or https://');
    return written;
  },
  typescript: () => 'string',
  example: () => 'https://example.com',
};
