import sanitizeHtml from 'sanitize-html';
import type { FieldType } from './field-type.ts';

const CHARACTERS_MAX = 200_000;

/** What formatted text is made of. Everything else loses its tags and keeps its words; scripts and styles go with their content. */
const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: 'p br hr h1 h2 h3 h4 blockquote pre code ul ol li strong em u s a sub sup table thead tbody tr th td'.split(' '),
  allowedAttributes: { a: ['href', 'rel', 'target'], ol: ['start'], th: ['colspan', 'rowspan'], td: ['colspan', 'rowspan'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nestingLimit: 50,
  transformTags: {
    b: 'strong',
    i: 'em',
    strike: 's',
    del: 's',
    div: 'p',
    a: sanitizeHtml.simpleTransform('a', { rel: 'noopener noreferrer nofollow', target: '_blank' }),
  },
};

/** Formatted text as HTML, cleaned on the server by an allow-list: whoever reads it may show it as it is. */
export const richText: FieldType = {
  name: 'richText',
  label: { en: 'Formatted text', de: 'Formatierter Text' },
  description: {
    en: 'Text with headings, lists, links and emphasis.',
    de: 'Text mit Überschriften, Listen, Links und Hervorhebungen.',
  },
  storage: 'text',
  isMarkup: true,
  operators: ['contains', 'isNull'],
  sortable: false,
  groupable: false,
  searchable: true,
  jsonSchema: () => ({ type: 'string', maxLength: CHARACTERS_MAX }),
  normalize: (value) => {
    const clean = sanitizeHtml(String(value), ALLOWED).trim();
    const words = sanitizeHtml(clean, { allowedTags: ['hr'], allowedAttributes: {} }).trim();
    return words === '' ? null : clean;
  },
  typescript: () => 'string',
  example: () => '<p>Delivery to the <strong>back door</strong>, please.</p>',
};
