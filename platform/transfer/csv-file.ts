import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { Refusal } from '#platform/kernel/errors.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';

/** The bytes of a stored file, from its beginning, as often as they are asked for. */
export type FileBytes = () => AsyncIterable<Uint8Array>;

/** A row of a file, by its number at the margin of a spreadsheet: the headers are row 1, and rows of nothing count. */
export type TableRow = { readonly row: number; readonly cells: readonly string[] };

/** How a file is written. */
export type CsvForm = { readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'; readonly delimiter: string };

/** How files are written (RFC 4180): lines end in CRLF, and a cell with a line break of any kind is quoted. */
export const CSV_OUT = { record_delimiter: 'windows', quoted_match: /[\r\n]/ } as const;

const COLUMNS_MAX = 500;
const TOO_MANY_COLUMNS: Sentence = {
  en: `A file has at most ${COLUMNS_MAX} columns.`,
  de: `Eine Datei hat höchstens ${COLUMNS_MAX} Spalten.`,
};
export const CELL_MAX = 200_000;
/** A first line of Excel's that names the separator. */
const SEPARATOR_LINE = /^\ufeff?sep=([;,|\t])$/i;
/** Written before what a spreadsheet would take for a formula, when records leave as CSV. */
const GUARD = /^'(?=[=+\-@\t\r])/;
const DELIMITERS = [',', ';', '\t', '|'] as const;

const NUMBER = /^-?\d+(\.\d+)?$/;

/** A spreadsheet takes text that begins like this for a formula; an apostrophe before it makes it text (OWASP, CSV injection). */
export function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/**
 * Looks through a file for its encoding (UTF-16 by its first bytes, UTF-8, else Windows-1252) and at its first line for the separator: the one
 * that it names (`sep=;`), else the one that is most frequent there. Refuses what is no text.
 */
export async function csvFormOf(bytes: FileBytes, delimiter: string | undefined): Promise<CsvForm> {
  const encoding = await encodingOf(bytes);
  if (delimiter !== undefined) return { encoding, delimiter };
  let first = '';
  for await (const text of decoded(bytes(), encoding)) {
    first += text;
    if (/[\r\n]/.test(first)) break;
  }
  const line = first.split(/[\r\n]/)[0] ?? '';
  const named = SEPARATOR_LINE.exec(line)?.[1];
  if (named !== undefined) return { encoding, delimiter: named };
  const counts = DELIMITERS.map((one) => [one, line.split(one).length] as const);
  return { encoding, delimiter: counts.toSorted((left, right) => right[1] - left[1])[0]?.[0] ?? ',' };
}

/** The rows of a file that have something in them, one at a time, the headers first. Refuses text that is no CSV, saying in which line. */
export async function* csvRows(bytes: FileBytes, form: CsvForm): AsyncGenerator<TableRow> {
  const parser = parse({
    bom: true,
    delimiter: form.delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: CELL_MAX,
  });
  const input = Readable.from(decoded(bytes(), form.encoding));
  input.on('error', (error) => parser.destroy(error));
  try {
    let row = 0;
    for await (const texts of input.pipe(parser)) {
      const cells = textsOf(texts);
      row += 1;
      // A spreadsheet does not show the line that names the separator.
      if (row === 1 && cells[0] === 'sep=' && cells.every((cell, at) => at === 0 || cell === '')) row = 0;
      else if (cells.some((cell) => cell.trim() !== '')) yield { row, cells };
    }
  } catch (error) {
    if (error instanceof CsvError) throw new Refusal('malformed_request', noCsv(error));
    throw error;
  } finally {
    input.destroy();
  }
}

function textsOf(row: unknown): readonly string[] {
  const cells = Array.isArray(row) ? row.map((cell) => String(cell).replace(GUARD, '')) : [];
  if (cells.length > COLUMNS_MAX) throw new Refusal('malformed_request', TOO_MANY_COLUMNS);
  return cells;
}

/** Old spreadsheets, pictures and the like have bytes that no text has. */
async function encodingOf(bytes: FileBytes): Promise<CsvForm['encoding']> {
  const [one = 0, two = 0] = await beginningOf(bytes);
  if (one === 0xff && two === 0xfe) return 'utf-16le';
  if (one === 0xfe && two === 0xff) return 'utf-16be';
  if (one === 0xd0 && two === 0xcf) throw noText(OLD_SPREADSHEET);
  for await (const part of bytes()) if (part.includes(0)) throw noText(NO_TEXT_BYTES);
  return (await isUtf8(bytes())) ? 'utf-8' : 'windows-1252';
}

async function beginningOf(bytes: FileBytes): Promise<Uint8Array> {
  for await (const part of bytes()) if (part.length > 1) return part;
  return new Uint8Array();
}

const OLD_SPREADSHEET: Sentence = {
  en: 'It is a spreadsheet of the old kind; save it as .xlsx or as CSV.',
  de: 'Sie ist eine Tabelle alter Art; speichern Sie sie als .xlsx oder als CSV.',
};
const NO_TEXT_BYTES: Sentence = {
  en: 'It has bytes that no text has; save it as .xlsx or as CSV.',
  de: 'Sie enthält Bytes, die in keinem Text vorkommen; speichern Sie sie als .xlsx oder als CSV.',
};

function noText({ en, de }: Sentence): Refusal {
  return new Refusal('malformed_request', {
    en: `The file is no text that could be read as CSV. ${en}`,
    de: `Die Datei ist kein Text, der sich als CSV lesen ließe. ${de}`,
  });
}

/** The parser says in English what is wrong; in German its code does. */
function noCsv({ code, message }: CsvError): Sentence {
  const line = /line (\d+)/.exec(message)?.[1];
  const at = line === undefined ? '' : ` (Zeile ${line})`;
  return {
    en: `The file is not valid CSV: ${message.slice(0, 200).replace(/\.$/, '')}.`,
    de: `Die Datei ist kein gültiges CSV: ${GERMAN_CODES[code] ?? 'Sie lässt sich nicht in Zellen zerlegen'}${at}.`,
  };
}

const GERMAN_CODES: { readonly [code: string]: string } = {
  CSV_MAX_RECORD_SIZE: `Eine Zeile hat mehr als ${CELL_MAX} Zeichen; vielleicht fehlt ein schließendes Anführungszeichen`,
  CSV_QUOTE_NOT_CLOSED: 'Ein Anführungszeichen wird geöffnet und nicht geschlossen',
  CSV_INVALID_CLOSING_QUOTE: 'Nach einem schließenden Anführungszeichen folgt weder das Trennzeichen noch das Ende der Zeile',
};

async function isUtf8(bytes: AsyncIterable<Uint8Array>): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const part of bytes) decoder.decode(part, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

async function* decoded(bytes: AsyncIterable<Uint8Array>, encoding: CsvForm['encoding']): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const part of bytes) yield decoder.decode(part, { stream: true });
  yield decoder.decode();
}
