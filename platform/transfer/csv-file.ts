import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { Refusal } from '#platform/kernel/errors.ts';

/** The bytes of a stored file, from its beginning, as often as they are asked for. */
export type FileBytes = () => AsyncIterable<Uint8Array>;

/** How a file is written. */
export type CsvForm = { readonly encoding: 'utf-8' | 'windows-1252'; readonly delimiter: string };

const COLUMNS_MAX = 500;
export const CELL_MAX = 200_000;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/** Looks through a file for its encoding (UTF-8, else Windows-1252) and at its first line for the separator that is most frequent there. */
export async function csvFormOf(bytes: FileBytes, delimiter: string | undefined): Promise<CsvForm> {
  const encoding = (await isUtf8(bytes())) ? 'utf-8' : 'windows-1252';
  if (delimiter !== undefined) return { encoding, delimiter };
  let first = '';
  for await (const text of decoded(bytes(), encoding)) {
    first += text;
    if (/[\r\n]/.test(first)) break;
  }
  const line = first.split(/[\r\n]/)[0] ?? '';
  const counts = DELIMITERS.map((one) => [one, line.split(one).length] as const);
  return { encoding, delimiter: counts.toSorted((left, right) => right[1] - left[1])[0]?.[0] ?? ',' };
}

/** The rows of a file, one at a time, the headers first. Refuses text that is no CSV, saying in which line. */
export async function* csvRows(bytes: FileBytes, form: CsvForm): AsyncGenerator<readonly string[]> {
  const parser = parse({
    bom: true,
    delimiter: form.delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: CELL_MAX,
  });
  const input = Readable.from(decoded(bytes(), form.encoding));
  input.on('error', (error) => parser.destroy(error));
  try {
    for await (const row of input.pipe(parser)) yield textsOf(row);
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_'))
      throw new Refusal('malformed_request', `The file is not valid CSV: ${error.message.slice(0, 200)}.`);
    throw error;
  } finally {
    input.destroy();
  }
}

function textsOf(row: unknown): readonly string[] {
  const cells = Array.isArray(row) ? row.map(String) : [];
  if (cells.length > COLUMNS_MAX) throw new Refusal('malformed_request', `A file has at most ${COLUMNS_MAX} columns.`);
  return cells;
}

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
