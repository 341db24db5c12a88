import { Refusal } from '#platform/kernel/errors.ts';
import { csvFormOf, csvRows, type CsvForm, type FileBytes } from './csv-file.ts';
import { sheetRows } from './xlsx/sheet-rows.ts';
import { openWorkbook } from './xlsx/workbook.ts';

/** How a file is written: as text, or as one sheet of a spreadsheet. `sheets` are the names of all. */
export type TableForm =
  | (CsvForm & { readonly kind: 'csv' })
  | { readonly kind: 'xlsx'; readonly sheet: string; readonly sheets: readonly string[] };

/** What may be said of a file by whoever sends it. */
export type FormHints = { readonly delimiter?: string | undefined; readonly sheet?: string | undefined };

/** Looks at a file: spreadsheets are archives and begin as these do. The first sheet is meant unless another one is named. */
export async function tableFormOf(bytes: FileBytes, { delimiter, sheet }: FormHints): Promise<TableForm> {
  if (await isArchive(bytes)) {
    const { sheets } = await openWorkbook(await wholeOf(bytes), { texts: false });
    const names = sheets.map(({ name }) => name);
    const found = sheet === undefined ? names[0] : names.find((name) => name === sheet);
    if (found === undefined)
      throw new Refusal('malformed_request', `The file has no sheet ${sheet?.slice(0, 60)}. It has: ${names.slice(0, 20).join(', ')}.`);
    return { kind: 'xlsx', sheet: found, sheets: names };
  }
  if (sheet !== undefined) throw new Refusal('malformed_request', 'Only spreadsheets have sheets; this file is text.');
  return { kind: 'csv', ...(await csvFormOf(bytes, delimiter)) };
}

/** The rows of a file as texts, one at a time, the headers first. Numbers of a spreadsheet are written as `style` says that others are. */
export async function* tableRows(
  bytes: FileBytes,
  form: TableForm,
  style: { readonly decimalComma: boolean },
): AsyncGenerator<readonly string[]> {
  if (form.kind === 'csv') {
    yield* csvRows(bytes, form);
    return;
  }
  const workbook = await openWorkbook(await wholeOf(bytes));
  const sheet = workbook.sheets.find(({ name }) => name === form.sheet);
  if (!sheet) throw new Refusal('malformed_request', `The file has no sheet ${form.sheet.slice(0, 60)} any more.`);
  yield* sheetRows(workbook, sheet, style);
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
