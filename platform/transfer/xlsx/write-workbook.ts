import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { openClock } from './clock.ts';
import { headRow, SHEET_BEGIN, SHEET_END, STYLES, valueRow, XML, type CellValue, type SheetColumn } from './sheet-xml.ts';

/** What is written: rows come in batches, and one batch is held at a time. `name` is that of the sheet. */
export type Written = {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly batches: AsyncIterator<readonly (readonly CellValue[])[]>;
  readonly timeZone: string;
};

/** Rows of one sheet, its heads included; what is more goes on in another one. */
const ROWS_MOST = 1_048_576;

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A spreadsheet as it is written. */
export async function* workbookBytes(written: Written): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = Readable.from(zip.outputStream);
  const state: State = { rest: [], isDone: false, sheet: null };
  const writeAll = async (): Promise<void> => {
    let sheets = 0;
    while (!state.isDone) {
      sheets += 1;
      const sheet = Readable.from(sheetXml(written, state), { objectMode: false });
      state.sheet = sheet;
      zip.addReadStream(sheet, `xl/worksheets/sheet${sheets}.xml`, { compressionLevel: 1 });
      await finished(sheet);
    }
    for (const [name, text] of partsOf(written.name, sheets)) zip.addBuffer(Buffer.from(text), name);
    zip.end();
  };
  const fail = (error: unknown): void => void output.destroy(error instanceof Error ? error : new Error(String(error)));
  writeAll().catch(fail);
  zip.on('error', (error: unknown) => fail(error));
  try {
    for await (const part of output) yield part;
  } finally {
    state.sheet?.destroy();
    output.destroy();
  }
}

/** What has been read and not written yet, whether that is all, and the sheet that is being written. */
type State = { rest: readonly (readonly CellValue[])[]; isDone: boolean; sheet: Readable | null };

async function* sheetXml({ columns, batches, timeZone }: Written, state: State): AsyncGenerator<string> {
  const clock = openClock(timeZone);
  yield SHEET_BEGIN + headRow(columns);
  let row = 1;
  while (row < ROWS_MOST) {
    if (state.rest.length === 0) {
      const next = await batches.next();
      if (next.done === true) {
        state.isDone = true;
        break;
      }
      state.rest = next.value;
    }
    const fitting = state.rest.slice(0, ROWS_MOST - row);
    state.rest = state.rest.slice(fitting.length);
    const first = row + 1;
    row += fitting.length;
    yield fitting.map((values, at) => valueRow(columns, first + at, { values, clock })).join('');
  }
  yield SHEET_END;
}

function partsOf(name: string, sheets: number): readonly (readonly [string, string])[] {
  const all = Array.from({ length: sheets }, (_, at) => at + 1);
  const title = (at: number): string => (at === 1 ? sheetName(name) : `${sheetName(name)} ${at}`);
  const parts = [
    ...all.map((at) => [`/xl/worksheets/sheet${at}.xml`, `${TYPES}.worksheet+xml`]),
    ['/xl/workbook.xml', `${TYPES}.sheet.main+xml`],
    ['/xl/styles.xml', `${TYPES}.styles+xml`],
  ].map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`);
  const related = [
    ...all.map((at) => [`r${at}`, 'worksheet', `worksheets/sheet${at}.xml`] as const),
    ['styles', 'styles', 'styles.xml'] as const,
  ];
  return [
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${RELATIONS}"><sheets>${all
        .map((at) => `<sheet name="${title(at)}" sheetId="${at}" r:id="r${at}"/>`)
        .join('')}</sheets></workbook>`,
    ],
    ['xl/_rels/workbook.xml.rels', relationsOf(related)],
    ['xl/styles.xml', STYLES],
    ['_rels/.rels', relationsOf([['workbook', 'officeDocument', 'xl/workbook.xml']])],
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts.join('')}</Types>`,
    ],
  ];
}

function relationsOf(related: readonly (readonly [string, string, string])[]): string {
  const each = related.map(([id, type, target]) => `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`);
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}

/** Up to 31 characters, and none of those that names of sheets do not take. */
function sheetName(name: string): string {
  return (
    name
      .replace(/[\\/?*:[\]<>&"']/g, ' ')
      .slice(0, 25)
      .trim() || 'Records'
  );
}
