import type { Template } from '#metadata/records.gen.ts';
import { faultAt, invalidValues, type FieldError } from '#platform/kernel/errors.ts';
import type { FieldsOf } from '#platform/kernel/fields-of.ts';
import { defineHook } from '#platform/kernel/module.ts';
import { parseTemplate } from '../rules/template/parse.ts';
import { TemplateProblem } from '../rules/template/problem.ts';
import { checkWords, wordsAbout } from '../rules/template/words.ts';

/** A template that cannot be read, or names what its records do not have, is not saved: the refusal says which, and in which line. */
export const checkTemplate = defineHook<Template, Record<string, never>>({
  object: 'template',
  name: 'checkTemplate',
  derive: (template, _facts, _before, fieldsOf) => {
    const errors = (['subject', 'body'] as const).flatMap((field) => faultsIn(template, field, fieldsOf));
    if (errors.length > 0) throw invalidValues(errors);
    return {};
  },
});

function faultsIn(template: Template, field: 'subject' | 'body', fieldsOf: FieldsOf): readonly FieldError[] {
  try {
    const parts = parseTemplate(template[field] ?? '');
    const words = wordsAbout(fieldsOf, template.about);
    if (words) checkWords(parts, words);
    return [];
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    const fault = faultAt({ pointer: `/${field}`, field, rule: 'template' }, error.sentence);
    return [error.line === undefined ? fault : { ...fault, line: error.line }];
  }
}
