import { Marked, type MarkedToken, type Token } from 'marked';

const reader = new Marked({ gfm: true, breaks: true });

/** Longer texts, and texts with more quotes and lists in each other, are shown as they are written: reading them would hold up the page. */
const CHARACTERS_MAX = 100_000;
const DEEP = /^(?:[ \t]*(?:>|[*+-][ \t]|\d{1,9}[.)][ \t])){21}/m;

/** Markdown as its parts; null where it is too long or too deep to be read. */
export function tokensOf(text: string): readonly MarkedToken[] | null {
  if (text.length > CHARACTERS_MAX || DEEP.test(text)) return null;
  try {
    return reader.lexer(text).filter(isKnown);
  } catch {
    return null;
  }
}

/** The parts that a part is made of. */
export function partsOf(token: MarkedToken): readonly MarkedToken[] {
  return 'tokens' in token && token.tokens ? token.tokens.filter(isKnown) : [];
}

/** The reader has no extensions, so there are no parts but those of the library. */
export function isKnown(token: Token): token is MarkedToken {
  return 'raw' in token;
}

/** The words of Markdown on one line, without the marks. */
export function wordsOf(text: string): string {
  const tokens = tokensOf(text);
  return (tokens ? tokens.map(wordsIn).join(' ') : text).replaceAll(/\s+/g, ' ').trim();
}

function wordsIn(token: MarkedToken): string {
  if (token.type === 'list') return token.items.map(wordsIn).join(' ');
  if (token.type === 'table') return [token.header, ...token.rows].flat().map(wordsOfCell).join(' ');
  if (token.type === 'br') return ' ';
  if (['space', 'hr', 'def', 'checkbox'].includes(token.type)) return '';
  const parts = partsOf(token);
  if (parts.length > 0) return parts.map(wordsIn).join(token.type === 'list_item' || token.type === 'blockquote' ? ' ' : '');
  return 'text' in token ? token.text : token.raw;
}

function wordsOfCell(cell: { readonly text: string }): string {
  return wordsOf(cell.text);
}

/** Where a link may lead: out to the web, to a mailbox, or on these screens. Null for every other address. */
export function safeAddress(href: string): string | null {
  const address = href.trim();
  if (/^(https?:\/\/|mailto:)/i.test(address)) return address;
  return /^([a-z][a-z0-9+.-]*:|[\\/]{2}|[\\/]\\)/i.test(address) || hasControl(address) ? null : address;
}

function hasControl(text: string): boolean {
  return Array.from(text).some((letter) => letter < ' ');
}
