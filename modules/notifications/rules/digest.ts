import Handlebars from 'handlebars';
import type { Message } from '#metadata/records.gen.ts';
import type { RecordValues } from '#platform/kernel/module.ts';
import { html } from './template/html.ts';

/** What a letter takes from each of its messages. */
export type Section = Pick<Message, 'subject' | 'body'>;

const SECTIONS_MAX = 100;
/** A formatted text may be longer than that by a third; headings and rules between sections have to find room. */
const CHARACTERS_MAX = 150_000;

/** As many of these messages as one letter holds; at least the first. */
export function fitting<S extends Section>(sections: readonly S[]): readonly S[] {
  let characters = 0;
  const tooMany = sections.findIndex(({ body }, position) => {
    characters += (body ?? '').length;
    return position > 0 && (position === SECTIONS_MAX || characters > CHARACTERS_MAX);
  });
  return tooMany === -1 ? sections : sections.slice(0, tooMany);
}

/** What a template is told of a letter of several: its messages, whose texts are clean HTML, and how many. */
export function valuesOfLetter(
  sections: readonly Section[],
  { sender, recipient }: { readonly sender: RecordValues | null; readonly recipient: string },
): RecordValues {
  const messages = sections.map(({ subject, body }) => ({ subject, body: html(body ?? '') }));
  return { count: sections.length, messages, company: sender ?? {}, recipient: { name: recipient } };
}

/** One letter of several messages where no template says how: each a section, with its subject above its text. */
export function letterOfSections(
  sections: readonly Section[],
  { language, sender }: { readonly language: 'en' | 'de'; readonly sender: string | null },
): { readonly subject: string; readonly body: string } {
  const what = { en: `${sections.length} messages`, de: `${sections.length} Nachrichten` }[language];
  const whose = sender === null ? '' : { en: ` from ${sender}`, de: ` von ${sender}` }[language];
  const body = sections
    .map((section) => `<h2>${Handlebars.escapeExpression(section.subject ?? '')}</h2>${section.body ?? ''}`)
    .join('<hr>');
  return { subject: `${what}${whose}`, body };
}
