import type { MarkedToken, Tokens } from 'marked';
import { createElement, Fragment, type ReactNode } from 'react';
import { isKnown, partsOf, safeAddress, tokensOf, wordsOf } from './markdown-words.ts';

type Props = { readonly text: string };

/** Markdown on one line, as its words. */
export function MarkdownLine({ text }: Props) {
  return <>{wordsOf(text)}</>;
}

/**
 * Markdown as it is meant to be read. It is drawn part by part and never as HTML: HTML in it stands there as text, pictures as links to
 * them, and a link leads nowhere but to the web, to a mailbox or on these screens.
 */
export function MarkdownText({ text }: Props) {
  const tokens = tokensOf(text);
  if (!tokens) return <span className="long-text">{text}</span>;
  return <div className="prose">{drawn(tokens)}</div>;
}

function drawn(tokens: readonly MarkedToken[]): ReactNode {
  return tokens.map((token, index) => <Fragment key={index}>{DRAW[token.type]?.(token) ?? plain(token)}</Fragment>);
}

function inside(token: MarkedToken): ReactNode {
  return drawn(partsOf(token));
}

/** What has no form of its own: its parts, or its words as they are written. */
function plain(token: MarkedToken): ReactNode {
  if (partsOf(token).length > 0) return inside(token);
  return 'text' in token ? token.text : token.raw;
}

const DRAW: { readonly [type: string]: (token: MarkedToken) => ReactNode } = {
  space: () => null,
  def: () => null,
  br: () => <br />,
  hr: () => <hr />,
  paragraph: (token) => <p>{inside(token)}</p>,
  blockquote: (token) => <blockquote>{inside(token)}</blockquote>,
  strong: (token) => <strong>{inside(token)}</strong>,
  em: (token) => <em>{inside(token)}</em>,
  del: (token) => <del>{inside(token)}</del>,
  codespan: (token) => <code>{'text' in token && token.text}</code>,
  code: (token) => (
    <pre tabIndex={0}>
      <code>{'text' in token && token.text}</code>
    </pre>
  ),
  checkbox: (token) => (token.type === 'checkbox' && token.checked ? '☑ ' : '☐ '),
  // The page around it has headings of its own, and the order of theirs is kept.
  heading: (token) => (
    <p className="prose-heading" data-depth={token.type === 'heading' ? token.depth : 1}>
      {inside(token)}
    </p>
  ),
  list: (token) => (isList(token) ? <List list={token} /> : null),
  table: (token) => (isTable(token) ? <Table table={token} /> : null),
  link: (token) => ('href' in token ? <Address href={token.href}>{inside(token)}</Address> : null),
  image: (token) => (isImage(token) ? <Address href={token.href}>{token.text || token.href}</Address> : null),
};

function isList(token: MarkedToken): token is Tokens.List {
  return token.type === 'list';
}

function isImage(token: MarkedToken): token is Tokens.Image {
  return token.type === 'image';
}

function isTable(token: MarkedToken): token is Tokens.Table {
  return token.type === 'table';
}

function List({ list }: { readonly list: Tokens.List }) {
  const items = list.items.map((item, index) => (
    <li key={index} data-task={item.task || undefined}>
      {inside(item)}
    </li>
  ));
  return list.ordered ? <ol start={list.start === '' ? 1 : list.start}>{items}</ol> : <ul>{items}</ul>;
}

function Table({ table }: { readonly table: Tokens.Table }) {
  const cells = (row: readonly Tokens.TableCell[], tag: 'th' | 'td') =>
    row.map((cell, index) => createElement(tag, { key: index, align: cell.align ?? undefined }, drawn(cell.tokens.filter(isKnown))));
  return (
    <table tabIndex={0}>
      <thead>
        <tr>{cells(table.header, 'th')}</tr>
      </thead>
      <tbody>
        {table.rows.map((row, index) => (
          <tr key={index}>{cells(row, 'td')}</tr>
        ))}
      </tbody>
    </table>
  );
}

function Address({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const address = safeAddress(href);
  if (address === null) return <>{children}</>;
  return (
    <a href={address} rel="noopener noreferrer nofollow" target="_blank">
      {children}
    </a>
  );
}
