import type { Message } from '#metadata/records.gen.ts';
import type { PublicLink } from '#platform/kernel/public-page.ts';

/** A message as a mail server gets it. */
export type Letter = {
  readonly id: string;
  /** The company in whose name it is. */
  readonly sender: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly headers: { readonly [name: string]: string };
};

/**
 * The HTML of a message as a whole page, and the same words without it. Links stand below what the template says: they are asked for when the letter
 * leaves, and kept nowhere, since whoever has one may answer by it.
 */
export function bodiesOf(
  { body, language }: Pick<Message, 'body' | 'language'>,
  links: readonly PublicLink[],
  unsubscribeAt: string | null = null,
): { readonly html: string; readonly text: string } {
  const spoken = language ?? 'en';
  const inner = [
    body ?? '',
    ...links.map((link) => linkText(link, spoken)),
    ...(unsubscribeAt ? [wayOff(unsubscribeAt, spoken)] : []),
  ].join('\n');
  const head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">';
  const style = 'font-family:system-ui,sans-serif;font-size:15px;line-height:1.5;max-width:40em';
  return {
    html: `<!doctype html><html lang="${language ?? 'en'}"><head>${head}</head><body style="${style}">${inner}</body></html>`,
    text: textOf(inner),
  };
}

function linkText({ url, lastDay }: PublicLink, language: 'en' | 'de'): string {
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(lastDay));
  const said = { en: `Read and answer it online until ${day}:`, de: `Bis zum ${day} online lesen und beantworten:` }[language];
  return `<p>${said}<br><a href="${url}">${url}</a></p>`;
}

/** Below everything else, in small letters: where one sees what comes to this address, and takes it off. */
function wayOff(url: string, language: 'en' | 'de'): string {
  const [why, what] = {
    en: ['You do not want letters like this?', 'Unsubscribe'],
    de: ['Sie möchten solche Nachrichten nicht?', 'Abmelden'],
  }[language];
  return `<p style="font-size:12px;color:#666">${why} <a href="${url}">${what}</a><br>${url}</p>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#x60': '`',
  '#x3D': '=',
  nbsp: ' ',
  amp: '&',
};

/** Paragraphs, lines and links as plain text; what was escaped stands as it was written. */
function textOf(html: string): string {
  return html
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/<br\s*\/?>/g, '\n')
    .replaceAll(/<li>/g, '\n- ')
    .replaceAll(/<\/(?:p|h\d|tr|ul|ol|table|blockquote)>/g, '\n\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&([a-z]+|#x[0-9a-fA-F]+);/gi, (entity, name: string) => ENTITIES[name] ?? entity)
    .replaceAll(/ *\n */g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
