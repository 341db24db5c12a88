import type { FieldDefinition } from '../model.ts';
import { EQUALITY, type FieldType, type JsonSchema } from './field-type.ts';

/** Keys that may be chosen: the options that are not retired. */
export function choosableKeys(field: Pick<FieldDefinition, 'options'>): readonly string[] {
  return (field.options ?? []).filter((option) => !option.retired).map((option) => option.key);
}

/** Schema of the `options` setting; a bare string is a key that is its own label. */
export const optionsSetting: JsonSchema = {
  type: 'array',
  minItems: 1,
  maxItems: 500,
  items: {
    anyOf: [
      { type: 'string', minLength: 1, maxLength: 80 },
      {
        type: 'object',
        properties: {
          key: { type: 'string', minLength: 1, maxLength: 80 },
          label: {},
          color: { type: 'string', maxLength: 20 },
          retired: { type: 'boolean' },
          aside: { type: 'boolean' },
          visibleWhen: {
            type: ['object', 'null'],
            description: 'Offered only in records that meet it: a filter in API names of the same object.',
          },
        },
        required: ['key'],
        additionalProperties: false,
      },
    ],
  },
};

/** Schema of the `optionList` setting. */
export const optionListSetting: JsonSchema = {
  type: 'string',
  maxLength: 41,
  description: 'The option list that the options come from; `options` then only says when some of them are offered: [{key, visibleWhen}].',
};

const openSetting: JsonSchema = {
  type: 'boolean',
  description: 'Other keys are taken too and shown as they are: those of choices elsewhere, to which options may have been added.',
};
const OTHERS_TOO: JsonSchema = { type: 'string', minLength: 1, maxLength: 80 };

/** One of a list of options; the key is stored. */
export const select: FieldType = {
  name: 'select',
  label: { en: 'Choice', de: 'Auswahl' },
  description: { en: 'One of a list of options, with colours.', de: 'Eine von mehreren Möglichkeiten, mit Farben.' },
  storage: 'text',
  operators: EQUALITY,
  sortable: true,
  groupable: true,
  searchable: false,
  settings: { properties: { options: optionsSetting, optionList: optionListSetting, open: openSetting } },
  jsonSchema: (field) => (field.open === true ? OTHERS_TOO : { enum: choosableKeys(field) }),
  answerSchema: (field) => (field.open === true ? OTHERS_TOO : { enum: (field.options ?? []).map((option) => option.key) }),
  typescript: ({ open, options = [] }) => (open === true ? [] : options).map(({ key }) => JSON.stringify(key)).join(' | ') || 'string',
  example: (field) => choosableKeys(field)[0] ?? 'option',
};
