import { findField, ownSide, type Scope } from '#platform/data/names.ts';
import { Refusal } from '#platform/kernel/errors.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import { fileContent } from '#platform/files/read-file.ts';
import { csvRows, type FileBytes, type TableRow } from '#platform/transfer/csv-file.ts';
import { openTable, type FormHints, type TableForm } from '#platform/transfer/table-file.ts';
import { findPreset } from '#platform/transfer/import-presets.ts';
import { recognisedColumns } from '#platform/transfer/import-columns.ts';
import { notationOf, type CellNotation } from '#platform/transfer/import-values.ts';
import { isOwnHeader } from '#platform/transfer/refused-rows.ts';
import { BULK_BODY_MAX, readObject } from '../body.ts';
import { receiveFile } from '../files/receive.ts';
import { sendJson, type Call } from './call.ts';
import { delimiterOf, emptyFile, refuseImport } from './import.ts';
import { parameters } from './parameters.ts';

const ROWS = 20;
const SAMPLES = 3;

/** Characters of the file that are looked at, and lines that are left out at their end to find one that is whole. */
const LOOKED_AT = 256 * 1024;
const CUTS_MAX = 50;

/** A column of the file: what stands in it, and the field that its header means, as a mapping of the import says it. */
type Previewed = CellNotation & { readonly header: string; readonly field: string | null; readonly samples: readonly string[] };

/** What is looked at: the whole file, or the beginning of a text, whose last line may be cut. */
type Looked = { readonly bytes: FileBytes; readonly hints: FormHints; readonly cut: string | null };

/**
 * POST …/import/preview: a CSV or XLSX file as a form, or the first lines of a CSV file as `{"text":"…"}` → its columns, their fields, and how
 * amounts and days are written.
 */
export async function previewImport(call: Call): Promise<void> {
  parameters(call.request, []);
  refuseImport(call);
  const scope = { schema: call.api.store.schema(), permissions: call.caller.permissions };
  const looked = /^multipart\//i.test(call.request.headers['content-type'] ?? '') ? await uploaded(call) : await beginning(call);
  sendJson(call.response, 200, JSON.stringify(await previewOf(call, scope, looked)));
}

async function beginning({ request }: Call): Promise<Looked> {
  const { text, delimiter, ...rest } = await readObject(request, BULK_BODY_MAX);
  refuseOthers(rest, ['text', 'delimiter']);
  if (typeof text !== 'string')
    throw new Refusal('malformed_request', 'text holds the first lines of the file; the first of them names the columns.');
  if (text.trim() === '') throw emptyFile();
  return { bytes: bytesOf(text), hints: { delimiter: delimiterOf(plain(delimiter)) }, cut: text };
}

/** The file is stored like all others, and goes when nobody has come to hold it. */
async function uploaded({ request, api, caller }: Call): Promise<Looked> {
  const given: { [name: string]: string } = {};
  const { database } = api.store;
  const file = await receiveFile(request, { database, by: caller.actor, onField: (name, value) => void (given[name] = value) });
  const { delimiter, sheet, ...rest } = given;
  refuseOthers(rest, ['delimiter', 'sheet']);
  return { bytes: () => fileContent(database, file), hints: { delimiter: delimiterOf(delimiter), sheet: sheet || undefined }, cut: null };
}

function refuseOthers(rest: object, known: readonly string[]): void {
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new Refusal('unknown_name', `A preview has no ${unknown.slice(0, 60)}, only ${known.join(' and ')}.`);
}

function plain(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

async function previewOf({ api, object, caller }: Call, scope: Scope, { bytes, hints, cut }: Looked) {
  const table = await openTable(bytes, hints);
  const { form } = table;
  const rows = cut === null ? await rowsOf(table.rows({ decimalComma: false })) : await firstRows(cut, form);
  if (rows.length === 0) throw emptyFile();
  const headers = (rows[0] ?? []).map((header) => header.trim());
  const preset = await findPreset(api.store.database, { object: object.id, headers, actor: caller.actor });
  const fields = recognisedColumns(scope, object, { headers, known: preset?.mapping ?? new Map() });
  const columns = headers.flatMap((header, at): readonly Previewed[] => {
    const cells = rows
      .slice(1)
      .map((row) => row[at]?.trim() ?? '')
      .filter((cell) => cell !== '');
    return isOwnHeader(header) ? [] : [{ header, field: fields[at] ?? null, samples: cells.slice(0, SAMPLES), ...notationOf(cells) }];
  });
  // A column that is for no field yet may be for any.
  const isWritten = (storages: readonly string[], notation: keyof CellNotation): boolean =>
    columns.some(({ field, ...column }) => {
      const meant = field === null ? undefined : findField(scope, ownSide(object), field.split('.')[0] ?? '');
      return column[notation] && (!meant || storages.includes(fieldType(meant.type).storage));
    });
  return {
    ...(form.kind === 'xlsx'
      ? { sheet: form.sheet, sheets: form.sheets }
      : { delimiter: form.delimiter === '\t' ? 'tab' : form.delimiter }),
    decimalComma: preset?.decimalComma ?? isWritten(['numeric', 'bigint', 'integer'], 'decimalComma'),
    germanDates: preset?.germanDates ?? isWritten(['date', 'timestamp'], 'germanDates'),
    columns,
    preset: preset && { by: fields.includes(preset.by) ? preset.by : null, isEveryones: preset.isEveryones },
  };
}

/** The end of the text may be cut in the midst of a quoted cell: then what stands before its line counts. */
async function firstRows(text: string, form: TableForm): Promise<readonly (readonly string[])[]> {
  if (form.kind !== 'csv') throw new Refusal('malformed_request', 'Send a spreadsheet as a file, not as text.');
  let rest = text.slice(0, LOOKED_AT);
  for (let cuts = 0; ; cuts += 1) {
    try {
      return await rowsOf(csvRows(bytesOf(rest), form));
    } catch (error) {
      const end = rest.trimEnd().lastIndexOf('\n');
      if (!(error instanceof Refusal) || end <= 0 || cuts === CUTS_MAX) throw error;
      rest = rest.slice(0, end);
    }
  }
}

async function rowsOf(source: AsyncGenerator<TableRow>): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const { cells } of source) {
    rows.push(cells);
    if (rows.length > ROWS) break;
  }
  return rows;
}

function bytesOf(text: string): FileBytes {
  return async function* () {
    yield Buffer.from(text);
  };
}
