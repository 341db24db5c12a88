import type { Template } from '#metadata/records.gen.ts';
import { faultAt, type FieldError } from '#platform/kernel/errors.ts';
import type { FieldsOf } from '#platform/kernel/fields-of.ts';
import { parseTemplate } from './parse.ts';
import { TemplateProblem } from './problem.ts';
import { checkWords, wordsAbout } from './words.ts';

/** What a template is made of, as it is saved or being written. */
export type Written = Pick<Template, 'about' | 'channel' | 'language' | 'subject' | 'body'>;

/** What is wrong with a template: that it cannot be read, or which name its records do not have, and in which line. */
export function templateFaults(template: Written, fieldsOf: FieldsOf): readonly FieldError[] {
  return (['subject', 'body'] as const).flatMap((field) => faultsIn(template, field, fieldsOf));
}

/** The fault of a field as the API tells it. */
export function faultOf(field: 'subject' | 'body', { sentence, line }: TemplateProblem): FieldError {
  const fault = faultAt({ pointer: `/${field}`, field, rule: 'template' }, sentence);
  return line === undefined ? fault : { ...fault, line };
}

function faultsIn(template: Written, field: 'subject' | 'body', fieldsOf: FieldsOf): readonly FieldError[] {
  try {
    const parts = parseTemplate(template[field] ?? '');
    const words = wordsAbout(fieldsOf, template.about);
    if (words) checkWords(parts, words);
    return [];
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    return [faultOf(field, error)];
  }
}
