import { Refusal } from '#platform/kernel/errors.ts';
import type { Sentence } from '#platform/kernel/sentence.ts';
import { csvFormOf, csvRows, type CsvForm, type FileBytes, type TableRow } from './csv-file.ts';
import { sheetRows } from './xlsx/sheet-rows.ts';
import { openWorkbook, type Workbook } from './xlsx/workbook.ts';

/** How a file is written: as text, or as one sheet of a spreadsheet. `sheets` are the names of all. */
export type TableForm =
  | (CsvForm & { readonly kind: 'csv' })
  | { readonly kind: 'xlsx'; readonly sheet: string; readonly sheets: readonly string[] };

/** What may be said of a file by whoever sends it. */
export type FormHints = { readonly delimiter?: string | undefined; readonly sheet?: string | undefined };

const NO_SHEETS: Sentence = {
  en: 'Only spreadsheets have sheets; this file is text.',
  de: 'Nur Tabellenkalkulationen haben Blätter; diese Datei ist Text.',
};

/** How cells are written that a spreadsheet holds as numbers. */
type NumberStyle = { readonly decimalComma: boolean };

/** A file that is open: how it is written, and its rows as texts, one at a time, the headers first, as often as they are asked for. */
export type OpenTable = { readonly form: TableForm; readonly rows: (style: NumberStyle) => AsyncGenerator<TableRow> };

/** Opens a file once, looking how it is written: spreadsheets are archives and begin as these do. The first sheet is meant unless another one is named. */
export async function openTable(bytes: FileBytes, { delimiter, sheet }: FormHints): Promise<OpenTable> {
  if (await isArchive(bytes)) return openSheet(await openWorkbook(await wholeOf(bytes)), sheet);
  if (sheet !== undefined) throw new Refusal('malformed_request', NO_SHEETS);
  const form = await csvFormOf(bytes, delimiter);
  return { form: { kind: 'csv', ...form }, rows: () => csvRows(bytes, form) };
}

/** The rows of a file of which it is known how it is written. */
export async function* tableRows(bytes: FileBytes, form: TableForm, style: NumberStyle): AsyncGenerator<TableRow> {
  if (form.kind === 'csv') yield* csvRows(bytes, form);
  else yield* openSheet(await openWorkbook(await wholeOf(bytes)), form.sheet).rows(style);
}

function openSheet(workbook: Workbook, name: string | undefined): OpenTable {
  const sheets = workbook.sheets.map((sheet) => sheet.name);
  const sheet = name === undefined ? workbook.sheets[0] : workbook.sheets.find((one) => one.name === name);
  if (!sheet) throw noSheet(name ?? '', sheets.slice(0, 20).join(', '));
  return { form: { kind: 'xlsx', sheet: sheet.name, sheets }, rows: (style) => sheetRows(workbook, sheet, style) };
}

function noSheet(name: string, there: string): Refusal {
  const wanted = name.slice(0, 60);
  return new Refusal('malformed_request', {
    en: `The file has no sheet ${wanted}. It has: ${there}.`,
    de: `Die Datei hat kein Blatt „${wanted}“. Sie hat: ${there}.`,
  });
}

/** A directory stands at the end of an archive, so it cannot be read as it comes. A file has at most 25 MB. */
async function wholeOf(bytes: FileBytes): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes()) parts.push(part);
  return Buffer.concat(parts);
}

async function isArchive(bytes: FileBytes): Promise<boolean> {
  for await (const [p, k, three, four] of bytes()) return p === 0x50 && k === 0x4b && three === 0x03 && four === 0x04;
  return false;
}
