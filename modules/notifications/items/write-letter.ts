import type { Company, Message, Template } from '#metadata/records.gen.ts';
import type { Work } from '#platform/kernel/module.ts';
import { letterOfSections, valuesOfLetter } from '../rules/digest.ts';
import { DIGEST } from '../rules/subjects.ts';
import { TemplateProblem } from '../rules/template/problem.ts';
import { toldBy } from '../rules/told.ts';
import type { Words } from './write-words.ts';

const TEMPLATES_MAX = 10;
/** As long as a formatted text may be. */
const BODY_MAX = 200_000;

/**
 * The words of one letter of several messages: by the template for such letters, in the recipient's language where there is one. Where there is none, or it comes to more
 * than fits, the messages stand below one another, for they have waited long enough.
 */
export async function writeLetter(work: Work, messages: readonly [Message, ...Message[]]): Promise<Words> {
  const [{ senderId, recipientName, language: theirs }] = messages;
  const language = theirs ?? 'en';
  const company = senderId ? await work.find<Company>('company', senderId) : null;
  const plain = { ...letterOfSections(messages, { language, sender: company?.name ?? null }), language };
  const template = await templateIn(work, language);
  if (!template) return plain;
  try {
    const told = toldBy(template, valuesOfLetter(messages, { sender: company, recipient: recipientName ?? '' }));
    if (told.body.length > BODY_MAX) return plain;
    return { ...told, language: template.language, templateId: template.id, templateVersion: template.version };
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    return plain;
  }
}

async function templateIn(work: Work, language: 'en' | 'de'): Promise<Template | undefined> {
  const filter = { about: DIGEST, channel: 'email', active: true };
  const templates = await work.query<Template>('template', { filter, sort: 'name', limit: TEMPLATES_MAX });
  return templates.find((one) => one.language === language) ?? templates[0];
}
