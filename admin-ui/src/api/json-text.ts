import { jsonFault } from '#platform/kernel/json-fault.ts';
import { inLanguage } from '../i18n/sentences.ts';

/** What a JSON text says. Throws a sentence in the reader's language; `what` is what the text is called. */
export function readJson(text: string, what?: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { en, de } = jsonFault(text, error);
    const [english, german] = what === undefined ? ['This', 'Das'] : [what, what];
    throw new Error(inLanguage({ en: `${english} is not JSON: ${en}.`, de: `${german} ist kein JSON: ${de}.` }), { cause: error });
  }
}
