import { isList } from '../json.ts';
import { SETS, ValueProblem, type FieldType } from './field-type.ts';

const TAG_CHARACTERS_MAX = 60;

/** Free words to find a record again by; an array of them, each once whatever its case. */
export const tags: FieldType = {
  name: 'tags',
  label: { en: 'Tags', de: 'Schlagwörter' },
  description: { en: 'Any number of words, made up while typing.', de: 'Beliebig viele Wörter, beim Schreiben vergeben.' },
  storage: 'textArray',
  operators: SETS,
  sortable: false,
  groupable: false,
  searchable: false,
  jsonSchema: () => ({ type: 'array', maxItems: 100, items: { type: 'string', maxLength: 200 } }),
  normalize: (value) => {
    const words = new Map<string, string>();
    for (const given of isList(value) ? value : [value]) {
      const word = String(given).trim().replace(/\s+/g, ' ');
      if (word.length > TAG_CHARACTERS_MAX) throw new ValueProblem('maxLength', `takes tags of at most ${TAG_CHARACTERS_MAX} characters`);
      if (word !== '' && !words.has(word.toLowerCase())) words.set(word.toLowerCase(), word);
    }
    return [...words.values()];
  },
  typescript: () => 'readonly string[]',
  example: () => ['urgent', 'trade fair'],
};
