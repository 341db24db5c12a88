import { SETS, type FieldType } from './field-type.ts';
import { choosableKeys, optionListSetting, optionsSetting } from './select.ts';

/** Any number of a list of options; an array of keys. */
export const multiSelect: FieldType = {
  name: 'multiSelect',
  label: { en: 'Multiple choice', de: 'Mehrfachauswahl' },
  description: { en: 'Any number of options from a list.', de: 'Beliebig viele Möglichkeiten aus einer Liste.' },
  storage: 'textArray',
  operators: SETS,
  sortable: false,
  groupable: false,
  searchable: false,
  settings: { properties: { options: optionsSetting, optionList: optionListSetting } },
  jsonSchema: (field) => ({ type: 'array', uniqueItems: true, maxItems: 500, items: { enum: choosableKeys(field) } }),
  answerSchema: (field) => ({ type: 'array', items: { enum: (field.options ?? []).map((option) => option.key) } }),
  typescript: () => 'readonly string[]',
  example: (field) => choosableKeys(field).slice(0, 2),
};
