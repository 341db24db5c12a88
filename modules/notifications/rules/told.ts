import Handlebars from 'handlebars';
import type { Template } from '#metadata/records.gen.ts';
import { richText } from '#platform/kernel/field-types/rich-text.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { parseTemplate } from './template/parse.ts';
import { renderTemplate } from './template/render.ts';

const SUBJECT_MAX = 300;

/** What a template says of a record: the subject in one line, and the text as cleaned HTML, also of what is plain text. Throws TemplateProblem. */
export function toldBy(
  template: Pick<Template, 'subject' | 'body' | 'language' | 'channel'>,
  values: RecordValues,
): { readonly subject: string; readonly body: string } {
  const { language } = template;
  const isHtml = template.channel === 'email';
  const subject = renderTemplate(parseTemplate(template.subject), values, { language, isHtml: false });
  const body = renderTemplate(parseTemplate(template.body), values, { language, isHtml });
  return { subject: subject.replaceAll(/\s+/g, ' ').trim().slice(0, SUBJECT_MAX), body: cleaned(isHtml ? body : asHtml(body)) };
}

/** Plain text in paragraphs. */
function asHtml(text: string): string {
  const paragraphs = text.trim().split(/\n\s*\n/);
  return paragraphs.map((one) => `<p>${Handlebars.escapeExpression(one).replaceAll('\n', '<br>')}</p>`).join('');
}

/** What people write into records is escaped already; this is for the template itself: no scripts, no addresses but of web, mail and phone. */
function cleaned(html: string): string {
  const text: unknown = richText.normalize?.(html, FIELD);
  return typeof text === 'string' ? text : '';
}

const FIELD = { id: 'message.body', name: 'body', column: 'body', label: { en: 'Text' }, type: 'richText', state: 'active' } as const;
