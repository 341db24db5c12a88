import type { Template } from '#metadata/records.gen.ts';
import { richText } from '#platform/kernel/field-types/rich-text.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { parseTemplate } from './template/parse.ts';
import { renderTemplate } from './template/render.ts';

const SUBJECT_MAX = 300;

/** What a template says of a record: the subject in one line; the text as cleaned HTML for e-mail, plain for all else. Throws TemplateProblem. */
export function toldBy(
  template: Pick<Template, 'subject' | 'body' | 'language' | 'channel'>,
  values: RecordValues,
): {
  readonly subject: string;
  readonly body: string;
} {
  const language = template.language;
  const isHtml = template.channel === 'email';
  const subject = renderTemplate(parseTemplate(template.subject), values, { language, isHtml: false });
  const body = renderTemplate(parseTemplate(template.body), values, { language, isHtml });
  return { subject: subject.replaceAll(/\s+/g, ' ').trim().slice(0, SUBJECT_MAX), body: isHtml ? cleaned(body) : body };
}

/** What people write into records is escaped already; this is for the template itself: no scripts, no addresses but of web, mail and phone. */
function cleaned(html: string): string {
  const text: unknown = richText.normalize?.(html, FIELD);
  return typeof text === 'string' ? text : '';
}

const FIELD = { id: 'message.body', name: 'body', column: 'body', label: { en: 'Text' }, type: 'richText', state: 'active' } as const;
