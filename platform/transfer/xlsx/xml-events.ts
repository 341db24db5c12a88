import { SaxesParser } from 'saxes';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';

/** What is told of an XML document while it is read. Names come without their prefix. */
export type XmlListener = {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
};

/** The parser says in English what it met; where it did is said in both languages. */
function notXml({ message }: Error): Sentence {
  const [, line, column] = /^(\d+):(\d+)/.exec(message) ?? [];
  const place =
    line === undefined ? { en: '', de: '' } : { en: ` in line ${line}, column ${column}`, de: ` in Zeile ${line}, Spalte ${column}` };
  return { en: `a part of it is no XML${place.en}`, de: `ein Teil darin ist kein XML${place.de}` };
}

/** Characters without a tag between them; a parser holds as many. */
const TEXT_MOST = 1_000_000;
/** Tags in each other: a spreadsheet needs a dozen. */
const DEPTH_MOST = 100;

/**
 * Reads XML as it comes, pausing after each portion so that whoever listens can hand on what has gathered. A document type is refused: a
 * spreadsheet has none, and entities are how XML is made to grow.
 */
export async function* xmlEvents(bytes: AsyncIterable<Uint8Array>, listener: XmlListener): AsyncGenerator<void> {
  const parser = new SaxesParser<{ xmlns: false }>({ xmlns: false });
  let silent = 0;
  let depth = 0;
  const heard = (): void => void (silent = 0);
  parser.on('doctype', () => {
    throw damaged({ en: 'it has a document type', de: 'sie enthält eine Dokumenttyp-Angabe' });
  });
  parser.on('error', (error) => {
    throw damaged(notXml(error));
  });
  parser.on('opentag', ({ name, attributes }) => {
    heard();
    depth += 1;
    if (depth > DEPTH_MOST) throw damaged({ en: 'its tags stand too deep in each other', de: 'ihre Elemente sind zu tief verschachtelt' });
    listener.open?.(local(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    heard();
    depth -= 1;
    listener.close?.(local(name));
  });
  parser.on('text', (text) => listener.text?.(text));
  parser.on('cdata', (text) => listener.text?.(text));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const part of bytes) {
    const text = decodedPart(decoder, part);
    parser.write(text);
    silent += text.length;
    if (silent > TEXT_MOST) throw damaged({ en: 'a text in it is too long', de: 'ein Text darin ist zu lang' });
    yield;
  }
  parser.close();
  yield;
}

function decodedPart(decoder: TextDecoder, part: Uint8Array): string {
  try {
    return decoder.decode(part, { stream: true });
  } catch {
    throw damaged({ en: 'it is not in UTF-8', de: 'sie ist nicht in UTF-8' });
  }
}

/** The refusal of a spreadsheet that cannot be read. */
export function damaged({ en, de }: Sentence): Refusal {
  return new Refusal('malformed_request', {
    en: `The spreadsheet cannot be read: ${en}. Open it, save it as XLSX again, or save it as CSV.`,
    de: `Die Tabelle lässt sich nicht lesen: ${de}. Öffnen Sie sie und speichern Sie sie noch einmal als XLSX, oder als CSV.`,
  });
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
