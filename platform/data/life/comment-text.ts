import { Marked, type Token, type Tokens } from 'marked';
import { richText } from '#platform/kernel/field-types/rich-text.ts';
import { plainText } from '#platform/kernel/json.ts';
import { isUuid } from '#platform/kernel/uuid.ts';

/** A comment as it was written, read: whom it mentions, and the HTML that may be shown as it is. */
export type ReadComment = { readonly html: string; readonly mentions: readonly string[] };

const MENTION = 'user:';

/** Comments stand inside pages that have headings of their own; HTML in them is text. */
const markdown = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    heading({ tokens }) {
      return `<p><strong>${this.parser.parseInline(tokens)}</strong></p>`;
    },
    html({ text }) {
      return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    },
    link(link) {
      return mentioned(link) === null ? false : `<strong>${this.parser.parseInline(link.tokens)}</strong>`;
    },
  },
});

/**
 * Reads the Markdown of a comment. Somebody is mentioned by a link to them: `[@Ana Weber](user:0198…)`. The HTML goes through the one
 * sanitiser that formatted text goes through.
 */
export function readComment(text: string): ReadComment {
  const tokens = markdown.lexer(text);
  const mentions = new Set<string>();
  void markdown.walkTokens(tokens, (token) => {
    const id = isLink(token) ? mentioned(token) : null;
    if (id !== null) mentions.add(id);
  });
  const html = markdown.parser(tokens);
  return { html: plainText(richText.normalize?.(html, NO_FIELD)), mentions: [...mentions] };
}

/** More than twenty quotes or list items in each other at the beginning of a line; a rule of dashes is none. */
const DEEP = /^(?![-*_ \t]+$)(?:[ \t]*(?:>|[*+-][ \t]|\d{1,9}[.)][ \t])){21}/m;

/** Whether quotes and lists stand in each other deeper than they can be read and shown. Ask before `readComment`. */
export function isTooDeep(text: string): boolean {
  return DEEP.test(text);
}

const NO_FIELD = { id: '', name: '', label: { en: '' }, type: 'richText', column: '', state: 'active' } as const;

function isLink(token: Token): token is Tokens.Link {
  return token.type === 'link';
}

function mentioned({ href }: Tokens.Link): string | null {
  const id = href.startsWith(MENTION) ? href.slice(MENTION.length).toLowerCase() : '';
  return isUuid(id) ? id : null;
}
