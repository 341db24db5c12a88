import { inflateSync } from 'node:zlib';

/**
 * The text of a PDF as our own documents are made: plain objects, one code of two bytes a glyph, each font with its table of what it means.
 * Pieces that are set apart stand in lines of their own, in the order in which they are drawn. It reads no other PDFs.
 */
export function pdfText(pdf: Uint8Array): string {
  const objects = objectsOf(Buffer.from(pdf));
  const text = [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head));
  return text.map((page) => pageText(page.head, objects)).join('\f');
}

type PdfObject = { readonly head: string; readonly body: string };

function objectsOf(pdf: Buffer): ReadonlyMap<number, PdfObject> {
  const raw = pdf.toString('latin1');
  const objects = new Map<number, PdfObject>();
  for (let at = raw.search(/\b\d+ 0 obj\b/); at >= 0;) {
    const id = Number(/^\d+/.exec(raw.slice(at, at + 12))?.[0]);
    const end = raw.indexOf('endobj', at);
    const streamAt = raw.slice(at, end < 0 ? undefined : end).search(/stream\r?\n/);
    const head = streamAt < 0 ? raw.slice(at, end) : raw.slice(at, at + streamAt);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const from = streamAt < 0 ? at : at + streamAt + (/stream\r?\n/.exec(raw.slice(at + streamAt))?.[0].length ?? 0);
    const bytes = pdf.subarray(from, from + (streamAt < 0 ? 0 : length));
    objects.set(id, {
      head: head.replaceAll(/\s+/g, ' '),
      body: (head.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1'),
    });
    const after = streamAt < 0 ? end : from + length;
    const next = raw.slice(after).search(/\b\d+ 0 obj\b/);
    at = next < 0 ? -1 : after + next;
  }
  return objects;
}

/** A font, the end of a piece, or a string; in a string, parentheses may stand in pairs. */
const TOKENS = /\/(f\d+) [\d.]+ Tf|\bET\b|\((?:\\[\s\S]|[^\\()]|\((?:\\[\s\S]|[^\\()])*\))*\)|<[0-9A-Fa-f]+>(?=[^<>]*T[jJ])/g;

function pageText(head: string, objects: ReadonlyMap<number, PdfObject>): string {
  const fonts = new Map([...head.matchAll(/\/(f\d+) (\d+) 0 R/g)].map(([, name, id]) => [name, meanings(objects, Number(id))]));
  const content = objects.get(Number(/\/Contents (\d+) 0 R/.exec(head)?.[1]))?.body ?? '';
  let font: ReadonlyMap<string, string> | undefined;
  let text = '';
  for (const [piece, name] of content.matchAll(TOKENS)) {
    if (name !== undefined) font = fonts.get(name);
    else if (piece === 'ET') text += '\n';
    else for (const code of codesOf(piece)) text += font?.get(code) ?? '';
  }
  return text;
}

function meanings(objects: ReadonlyMap<number, PdfObject>, id: number): ReadonlyMap<string, string> {
  const map = objects.get(Number(/\/ToUnicode (\d+) 0 R/.exec(objects.get(id)?.head ?? '')?.[1]))?.body ?? '';
  return new Map([...map.matchAll(/^<([0-9A-F]{4})> <([0-9A-F]+)>$/gm)].map(([, code = '', means = '']) => [code, utf16(means)]));
}

function codesOf(piece: string): readonly string[] {
  const hex = piece.startsWith('<') ? piece.slice(1, -1) : Buffer.from(unescaped(piece.slice(1, -1)), 'latin1').toString('hex');
  return hex.toUpperCase().match(/.{4}/g) ?? [];
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function unescaped(literal: string): string {
  return literal.replaceAll(/\\(\d{1,3}|[\s\S])/g, (_, code: string) =>
    /^\d/.test(code) ? String.fromCodePoint(Number.parseInt(code, 8)) : (ESCAPES[code] ?? code),
  );
}

function utf16(hex: string): string {
  return Buffer.from(hex, 'hex').swap16().toString('utf16le');
}
