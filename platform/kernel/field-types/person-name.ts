import { ValueProblem, type FieldType, type JsonSchema } from './field-type.ts';

/** The parts of a name in the order in which they are written and searched. */
const PARTS = ['title', 'given', 'middle', 'family', 'suffix'] as const;
const PART: JsonSchema = { type: ['string', 'null'], maxLength: 100 };

/** A person's name in parts `{title, given, middle, family, suffix}`; at least one of given and family. */
export const personName: FieldType = {
  name: 'personName',
  label: { en: 'Name of a person', de: 'Personenname' },
  description: { en: 'Title, given and family name, apart.', de: 'Titel, Vor- und Nachname, getrennt.' },
  storage: 'json',
  operators: ['contains', 'isNull'],
  sortable: false,
  groupable: false,
  searchable: true,
  jsonSchema: () => ({ type: 'object', additionalProperties: false, properties: Object.fromEntries(PARTS.map((part) => [part, PART])) }),
  normalize: (value) => {
    const given = new Map(Object.entries(value ?? {}).map(([part, text]) => [part, String(text ?? '').trim()]));
    const made = Object.fromEntries(PARTS.flatMap((part) => (given.get(part) ? [[part, given.get(part)]] : [])));
    if (Object.keys(made).length === 0) return null;
    if (made['given'] === undefined && made['family'] === undefined) throw new ValueProblem('name', 'needs a given or a family name');
    return made;
  },
  typescript: () =>
    '{ readonly title?: string; readonly given?: string; readonly middle?: string; readonly family?: string; readonly suffix?: string }',
  example: () => ({ given: 'Ada', family: 'Lovelace' }),
};
