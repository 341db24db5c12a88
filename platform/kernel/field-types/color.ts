import { EQUALITY, ValueProblem, type FieldType } from './field-type.ts';

/** A colour as `#rrggbb` in small letters; `#rgb` is taken too. */
export const color: FieldType = {
  name: 'color',
  label: { en: 'Colour', de: 'Farbe' },
  description: { en: 'A colour, such as of a label.', de: 'Eine Farbe, etwa eines Etiketts.' },
  storage: 'text',
  operators: EQUALITY,
  sortable: false,
  groupable: true,
  searchable: false,
  jsonSchema: () => ({ type: 'string', maxLength: 20 }),
  answerSchema: () => ({ type: 'string', pattern: '^#[0-9a-f]{6}$' }),
  normalize: (value) => {
    const written = String(value).trim().toLowerCase();
    const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(written);
    const long = short
      ? `#${short
          .slice(1)
          .map((digit) => digit + digit)
          .join('')}`
      : written;
    if (!/^#[0-9a-f]{6}$/.test(long)) throw new ValueProblem('color', 'is a colour such as #1c7ed6');
    return long;
  },
  typescript: () => 'string',
  example: () => '#1c7ed6',
};
