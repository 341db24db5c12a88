import type { Template } from '#metadata/records.gen.ts';
import { faultAt, type FieldError } from '#platform/kernel/errors.ts';
import type { FieldsOf } from '#platform/kernel/fields-of.ts';
import { DIGEST } from '../subjects.ts';
import { unknownEvent, type NamedEvents } from '../named-events.ts';
import { parseTemplate } from './parse.ts';
import type { Part } from './parts.ts';
import { TemplateProblem } from './problem.ts';
import { checkWords, wordsAbout, type Words } from './words.ts';

/** What a template is made of, as it is saved or being written. */
export type Written = Pick<Template, 'about' | 'event' | 'channel' | 'language' | 'subject' | 'body'>;

/** What is known where a template is written: the fields of objects, and events. */
export type Known = { readonly fieldsOf: FieldsOf; readonly events: NamedEvents };

/** What is wrong with a template: that it cannot be read, or which name its records and its event do not have, and in which line. */
export function templateFaults(template: Written, known: Known): readonly FieldError[] {
  const event = template.event ? known.events.get(template.event) : null;
  if (event === undefined)
    return [faultAt({ pointer: '/event', field: 'event', rule: 'unknown' }, unknownEvent(template.event, known.events))];
  const words = wordsAbout(known.fieldsOf, template.about, event);
  const faults = (['subject', 'body'] as const).flatMap((field) => faultsIn(template, field, words));
  return faults.length > 0 || template.about !== DIGEST ? faults : faultsOfDigest(template);
}

/** A letter of several goes by mail, and leaves out nothing that was to be told in it. */
function faultsOfDigest({ channel, body }: Written): readonly FieldError[] {
  if (channel !== 'email') return [faultAt({ pointer: '/channel', field: 'channel', rule: 'letter' }, ONLY_MAIL)];
  return tellsMessages(parseTemplate(body)) ? [] : [faultAt({ pointer: '/body', field: 'body', rule: 'template' }, NO_MESSAGES)];
}

function tellsMessages(parts: readonly Part[]): boolean {
  return parts.some(
    (part) =>
      part.kind === 'each' &&
      part.path.join('.') === 'messages' &&
      part.body.some((one) => one.kind === 'value' && one.given.some((given) => 'path' in given && given.path.join('.') === 'body')),
  );
}

const ONLY_MAIL = { en: 'Letters of several messages leave by e-mail alone.', de: 'Sammelbriefe gehen nur per E-Mail.' } as const;
const NO_MESSAGES = {
  en: 'A letter of several has {{#each messages}}{{subject}} {{body}}{{/each}}: else what it is to tell would be lost.',
  de: 'Ein Sammelbrief braucht {{#each messages}}{{subject}} {{body}}{{/each}}: Sonst ginge verloren, was er mitteilen soll.',
} as const;

/** The fault of a field as the API tells it. */
export function faultOf(field: 'subject' | 'body', { sentence, line }: TemplateProblem): FieldError {
  const fault = faultAt({ pointer: `/${field}`, field, rule: 'template' }, sentence);
  return line === undefined ? fault : { ...fault, line };
}

function faultsIn(template: Written, field: 'subject' | 'body', words: Words | null): readonly FieldError[] {
  try {
    const parts = parseTemplate(template[field] ?? '');
    if (words) checkWords(parts, words);
    return [];
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    return [faultOf(field, error)];
  }
}
