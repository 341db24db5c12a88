import { ValueProblem, type FieldType, type JsonSchema } from './field-type.ts';

const DEPTH_MAX = 20;

/** Words for people, without what no database can store. */
const WORDS = { type: 'string', pattern: '^[\\p{L}\\p{N}\\p{P}%€$ ]{1,60}$' } as const;

const LABEL = { type: 'object', properties: { en: WORDS, de: WORDS }, required: ['en'], additionalProperties: false } as const;

/** What each row of a list is made of. */
const rowFields: JsonSchema = {
  type: 'array',
  minItems: 1,
  maxItems: 20,
  items: {
    type: 'object',
    properties: {
      name: { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_]{0,60}$' },
      label: LABEL,
      options: {
        type: 'array',
        maxItems: 100,
        items: {
          type: 'object',
          properties: {
            key: { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_-]{0,60}$' },
            label: LABEL,
            color: { enum: ['gray', 'blue', 'green', 'orange', 'red'] },
          },
          required: ['key', 'label'],
          additionalProperties: false,
        },
      },
      type: { enum: ['text', 'select', 'integer', 'decimal', 'money', 'percent', 'boolean', 'date', 'dateTime', 'uuid'] },
      target: { type: 'string', pattern: '^[a-z][a-z0-9_]{0,40}$', description: 'uuid: the object whose record it is the id of.' },
    },
    required: ['name', 'label', 'type'],
    additionalProperties: false,
  },
};

/** Any JSON value, up to 20 levels deep and 64 KB. */
export const json: FieldType = {
  name: 'json',
  label: { en: 'JSON', de: 'JSON' },
  description: { en: 'Structured data for integrations.', de: 'Strukturierte Daten für Anbindungen.' },
  storage: 'json',
  operators: ['isNull'],
  sortable: false,
  groupable: false,
  searchable: false,
  settings: { properties: { rowFields } },
  jsonSchema: () => ({}),
  normalize: (value) => {
    if (depth(value, 0) > DEPTH_MAX) throw new ValueProblem('depth', `is nested more than ${DEPTH_MAX} levels deep`);
    if (JSON.stringify(value).length > 65_536) throw new ValueProblem('size', 'is larger than 64 KB');
    return value;
  },
  typescript: () => 'unknown',
  example: () => ({ any: 'value' }),
};

function depth(value: unknown, level: number): number {
  if (level > DEPTH_MAX || value === null || typeof value !== 'object') return level;
  return Object.values(value).reduce<number>((deepest, part) => Math.max(deepest, depth(part, level + 1)), level + 1);
}
