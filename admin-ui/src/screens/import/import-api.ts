import { ask, askFor } from '#admin-ui/src/api/client.ts';
import type { SaidOfField } from '#admin-ui/src/i18n/sentences.ts';
import { recordsPath, type BusinessObject } from '#admin-ui/src/api/metadata.ts';

/** A column of the file, and what only it can tell of how its numbers and days are written. */
export type Column = {
  readonly header: string;
  readonly field: string | null;
  readonly samples: readonly string[];
  readonly decimalComma: boolean;
  readonly germanDates: boolean;
};

/** What the server reads in the beginning of a file. `field` is a name as the mapping says it. */
export type Preview = {
  /** Of a text. */
  readonly delimiter?: string;
  /** Of a spreadsheet: the sheet that is read, and all that there are. */
  readonly sheet?: string;
  readonly sheets?: readonly string[];
  readonly decimalComma: boolean;
  readonly germanDates: boolean;
  /** A file with these headers was imported before, and is read in the same way. */
  readonly preset: { readonly by: string | null; readonly isEveryones: boolean } | null;
  readonly columns: readonly Column[];
};

/** How a file is to be read. `mapping`: the field of each column, empty where it is left out. */
export type ImportOptions = {
  readonly mapping: readonly string[];
  readonly by: string | null;
  readonly decimalComma: boolean;
  readonly germanDates: boolean;
  /** References whose missing records are made. */
  readonly makes: readonly string[];
  /** Whether the columns are kept for everyone. */
  readonly isForEveryone: boolean;
};

/** A file that is read, and how. */
export type Chosen = { readonly file: File; readonly preview: Preview; readonly options: ImportOptions };

/** What came of an import, or in a dry run what would come of it. */
export type ImportResult = {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly dryRun: boolean;
  /** How many records of other objects rows named that were not there. */
  readonly made?: Readonly<Record<string, number>>;
  /** What rows have for fields of options that no option is called, at most a hundred of each. */
  readonly noOptions?: Readonly<Record<string, readonly string[]>>;
};

/** What came of taking back the import of that id. */
export type RevertResult = { readonly import: string; readonly deleted: number; readonly restored: number; readonly left: number };

/** A row that was refused, by its number at the margin of a spreadsheet, or a record that was left as it is. */
export type ToldRow = SaidOfField & {
  readonly record?: string;
  readonly row?: number;
  readonly column?: string | null;
  /** Of a whole row. */
  readonly code?: string;
};

/** An import under way or at its end, or one that is taken back. A record is told where it stays as it is. */
export type ImportJob = {
  readonly id: string;
  readonly kind: 'import' | 'import/revert';
  readonly state: 'queued' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled';
  readonly done: number;
  readonly total: number | null;
  readonly errors: readonly ToldRow[];
  readonly result: ImportResult | RevertResult | null;
};

const BEGINNING_BYTES = 64 * 1024;

/** Looks at a spreadsheet, or at the beginning of a text. Texts that are not UTF-8 are Windows-1252, as spreadsheets write them. */
export async function previewFile(object: BusinessObject, file: File, sheet: string | undefined): Promise<Preview> {
  const path = `${recordsPath(object)}/import/preview`;
  const bytes = new Uint8Array(await file.slice(0, BEGINNING_BYTES).arrayBuffer());
  if (!isArchive(bytes)) return askFor(path, { method: 'POST', body: { text: decoded(bytes) } });
  const form = new FormData();
  if (sheet !== undefined) form.append('sheet', sheet);
  form.append('file', file);
  return askFor(path, { method: 'POST', body: form });
}

/** Spreadsheets are ZIP archives, and begin as these do. */
function isArchive(bytes: Uint8Array): boolean {
  return [0x50, 0x4b, 0x03, 0x04].every((byte, at) => bytes[at] === byte);
}

/** A file with what was seen in it, to be imported as its columns are recognised. */
export async function lookAt(object: BusinessObject, file: File, sheet?: string): Promise<Chosen> {
  const preview = await previewFile(object, file, sheet);
  const mapping = preview.columns.map((column) => column.field ?? '');
  // What was exported from here carries ids: sent again, it changes what is there instead of making all of it once more.
  const by = preview.preset ? preview.preset.by : mapping.includes('id') ? 'id' : null;
  const { decimalComma, germanDates } = preview;
  return {
    file,
    preview,
    options: { mapping, by, decimalComma, germanDates, isForEveryone: false, makes: [] },
  };
}

/** The last character may be cut in two, so the end is let go of before it is judged. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Sends the file, and answers the job that imports it, or in a dry run tells what would become of it. */
export function sendFile(
  object: BusinessObject,
  file: File,
  sent: { preview: Preview; options: ImportOptions; dryRun: boolean },
): Promise<ImportJob> {
  const { preview, options, dryRun } = sent;
  const form = new FormData();
  const fields = {
    mapping: JSON.stringify(Object.fromEntries(preview.columns.map(({ header }, at) => [header, sentFor(options, at)]))),
    by: options.by ?? '',
    dryRun: String(dryRun),
    ...(preview.sheet === undefined ? { delimiter: preview.delimiter ?? '' } : { sheet: preview.sheet }),
    decimalComma: String(options.decimalComma),
    germanDates: String(options.germanDates),
    makeMissing: options.makes.filter((name) => options.mapping.includes(name)).join(','),
    remember: options.isForEveryone ? 'everyone' : 'me',
  };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  return askFor<ImportJob>(`${recordsPath(object)}/import`, { method: 'POST', body: form });
}

/** The platform gives ids: a column of them only leads to records that are there. */
function sentFor({ mapping, by }: ImportOptions, at: number): string {
  const name = mapping[at] ?? '';
  return name === 'id' && by !== 'id' ? '' : name;
}

export function jobPath(object: Pick<BusinessObject, 'module'>, id: string): string {
  return `/api/${object.module}/jobs/${encodeURIComponent(id)}`;
}

/** Cancels, pauses or resumes. */
export async function steerJob(object: BusinessObject, id: string, action: 'cancel' | 'pause' | 'resume'): Promise<void> {
  await ask(`${jobPath(object, id)}/actions/${action}`, { method: 'POST', body: {} });
}

/** Takes an import back, `evenChanged` also what somebody has changed since; answers the job that does. */
export function revertJob(object: BusinessObject, id: string, evenChanged: boolean): Promise<ImportJob> {
  return askFor<ImportJob>(`${jobPath(object, id)}/actions/revert`, { method: 'POST', body: { evenChanged } });
}
