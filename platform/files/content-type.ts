import { fileTypeFromBuffer } from 'file-type';
import { Refusal } from '#platform/kernel/errors.ts';

/** Endings of formats that can be told by their first bytes: a name with one of them is a promise about the content. */
const PROMISES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  pdf: 'application/pdf',
  zip: 'application/zip',
};

/** Formats that are archives inside: their ending says which. */
const ARCHIVES: Readonly<Record<string, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odt: 'application/vnd.oasis.opendocument.text',
  odp: 'application/vnd.oasis.opendocument.presentation',
};

/** Text has no first bytes of its own; its ending says which text it is. */
const TEXTS: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  md: 'text/markdown',
  json: 'application/json',
  xml: 'application/xml',
  svg: 'image/svg+xml',
  html: 'text/html',
  htm: 'text/html',
  ics: 'text/calendar',
  vcf: 'text/vcard',
  eml: 'message/rfc822',
};

const UNKNOWN = 'application/octet-stream';

/**
 * The media type of a file by its first bytes; what the sender claims is never believed. Text is told by its ending and its beginning.
 * Refuses (415) a name that promises a format which the content is not.
 */
export async function contentType(name: string, start: Uint8Array): Promise<string> {
  const ending = /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const sniffed = (await fileTypeFromBuffer(start))?.mime;
  const type = isXml(sniffed) || sniffed === undefined ? textType(ending, start) : archiveType(ending, sniffed);
  const promised = PROMISES[ending] ?? ARCHIVES[ending];
  if (promised !== undefined && promised !== type)
    throw new Refusal('unsupported_media_type', {
      en: `${name} ends in .${ending}, but its content is ${type === UNKNOWN ? 'something else' : type}. Choose the file itself, or correct its name.`,
      de: `${name} endet auf .${ending}, der Inhalt ist aber ${type === UNKNOWN ? 'etwas anderes' : type}. Wählen Sie die Datei selbst, oder berichtigen Sie ihren Namen.`,
    });
  return type;
}

function isXml(type: string | undefined): boolean {
  return type === 'application/xml' || type === 'image/svg+xml' || type === 'text/html';
}

function archiveType(ending: string, sniffed: string): string {
  const isArchive = sniffed === 'application/zip' || Object.values(ARCHIVES).includes(sniffed);
  return isArchive ? (ARCHIVES[ending] ?? sniffed) : sniffed;
}

function textType(ending: string, start: Uint8Array): string {
  if (!isText(start)) return UNKNOWN;
  const beginning = Buffer.from(start.subarray(0, 1024))
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
    .toLowerCase();
  if (/^(<!--[\s\S]*?-->\s*)*<(!doctype html|html|head|body|script|iframe)\b/.test(beginning)) return 'text/html';
  if (/<svg[\s>]/.test(beginning) && beginning.startsWith('<')) return 'image/svg+xml';
  return TEXTS[ending] ?? 'text/plain';
}

/** Text of any encoding has no control characters but white space and escape; UTF-16 begins with its mark. */
function isText(start: Uint8Array): boolean {
  const [first, second] = start;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return start.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b);
}
