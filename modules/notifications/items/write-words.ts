import type { Message, NotificationRule, Template } from '#metadata/records.gen.ts';
import type { RecordValues, Work } from '#platform/kernel/module.ts';
import type { Channel } from '../rules/channels.ts';
import { TemplateProblem } from '../rules/template/problem.ts';
import { toldBy } from '../rules/told.ts';

/** What a message says by one channel, and by which template. */
export type Words = Pick<Message, 'subject' | 'body' | 'language' | 'templateId' | 'templateVersion'>;

/** Of which rule and by which channel, in whose language. */
export type Wanted = { readonly rule: NotificationRule; readonly channel: Channel; readonly language: 'en' | 'de' };

/** The words by the template of a channel, in the recipient's language where there is one; `reason` says why there are none. */
export async function writeWords(
  work: Work,
  { rule, channel, language }: Wanted,
  values: RecordValues,
): Promise<{ readonly words: Words; readonly reason: string | null }> {
  const filter = { name: rule.template, about: rule.about, channel, active: true };
  const templates = await work.query<Template>('template', { filter, limit: 10 });
  const template = templates.find((one) => one.language === language) ?? templates[0];
  const blank = { subject: rule.name, language };
  if (!template) return { words: blank, reason: NO_TEMPLATE[language] };
  const from = { templateId: template.id, templateVersion: template.version };
  try {
    return { words: { ...toldBy(template, values), language: template.language, ...from }, reason: null };
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    return { words: { ...blank, ...from }, reason: error.sentence[language] };
  }
}

const NO_TEMPLATE = { en: 'There is no active template for this channel.', de: 'Für diesen Kanal gibt es keine aktive Vorlage.' } as const;
