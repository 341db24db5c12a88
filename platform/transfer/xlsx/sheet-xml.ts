import { exact, isDecimal, plain } from '#platform/kernel/decimal.ts';
import type { Clock } from './clock.ts';
import { BEGINNING, DAY_MILLISECONDS } from './number-format.ts';

/** What the cells of a column hold; `percent` in points, days and instants as the API has them. */
export type CellKind = 'text' | 'number' | 'percent' | 'boolean' | 'date' | 'dateTime';

/** A column that is written. */
export type SheetColumn = { readonly title: string; readonly kind: CellKind };

/** A value of a cell: null leaves it empty. */
export type CellValue = string | boolean | null;

/** The cell styles of `STYLES`, by their places there. */
const STYLE = { text: 0, head: 1, date: 2, dateTime: 3, percent: 4 } as const;

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

/** The beginning of every part. */
export const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The formats of cells: as it is, heads, days, moments, percentages. */
export const STYLES = `${XML}<styleSheet ${MAIN}><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>${[14, 22, 10].map((id) => `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`).join('')}</cellXfs></styleSheet>`;

/** A sheet up to its first row, whose heads stay in sight. */
export const SHEET_BEGIN = `${XML}<worksheet ${MAIN}><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>
<sheetFormatPr defaultColWidth="18" defaultRowHeight="15"/><sheetData>`;

/** The rest of a sheet. */
export const SHEET_END = '</sheetData></worksheet>';

/** The row of heads. */
export function headRow(columns: readonly SheetColumn[]): string {
  return `<row r="1">${columns.map(({ title }, at) => textCell(`${letters(at)}1`, title, STYLE.head)).join('')}</row>`;
}

/** A row of values, counted from 1. Instants are written as clocks show them, for a spreadsheet knows no zones; as text where that would not tell which. */
export function valueRow(
  columns: readonly SheetColumn[],
  row: number,
  { values, clock }: { values: readonly CellValue[]; clock: Clock },
): string {
  const cells = columns.map(({ kind }, at) => {
    const value = values[at] ?? null;
    return value === null || value === '' ? '' : cellOf(`${letters(at)}${row}`, kind, { value, clock });
  });
  return `<row r="${row}">${cells.join('')}</row>`;
}

function cellOf(place: string, kind: CellKind, { value, clock }: { value: string | boolean; clock: Clock }): string {
  if (typeof value === 'boolean') return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`;
  if (kind === 'number' && isExact(value)) return `<c r="${place}"><v>${plain(value)}</v></c>`;
  if (kind === 'percent' && isExact(value)) return `<c r="${place}" s="${STYLE.percent}"><v>${plain(exact(value).div(100))}</v></c>`;
  const serial = kind === 'date' ? serialOf(Date.parse(value)) : kind === 'dateTime' ? serialOf(clock(value)) : null;
  if (serial !== null) return `<c r="${place}" s="${kind === 'date' ? STYLE.date : STYLE.dateTime}"><v>${serial}</v></c>`;
  return textCell(place, value, STYLE.text);
}

/** A spreadsheet keeps 15 digits of a number; one that has more stays whole as text. */
function isExact(value: string): boolean {
  return isDecimal(value) && value.replace(/[^0-9]/g, '').replace(/^0+/, '').length <= 15;
}

const FIRST = Date.UTC(1900, 2, 1);
const LAST = Date.UTC(9999, 11, 31);

/** From March 1900 on, where all spreadsheets count alike. */
function serialOf(at: number | null): string | null {
  if (at === null || Number.isNaN(at) || at < FIRST || at > LAST) return null;
  return String((at - BEGINNING[1900]) / DAY_MILLISECONDS);
}

/** The most characters of a cell; what is longer ends with an ellipsis. */
const CHARACTERS_MOST = 32_767;

/** Text that is never taken for a formula, whatever it begins with. */
function textCell(place: string, text: string, style: number): string {
  const whole = text.length > CHARACTERS_MOST ? `${text.slice(0, CHARACTERS_MOST - 1)}…` : text;
  return `<c r="${place}" t="inlineStr"${style === 0 ? '' : ` s="${style}"`}><is><t xml:space="preserve">${escaped(whole)}</t></is></c>`;
}

const SPECIAL = /[<>&]|_x[0-9A-Fa-f]{4}_|(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu;

/** Text as XML takes it; what it does not take is written as `_x0001_`, as spreadsheets do. */
function escaped(text: string): string {
  return text.toWellFormed().replace(SPECIAL, (found) => ENTITIES[found] ?? (found.startsWith('_') ? `_x005F${found}` : code(found)));
}

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

function code(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}

const known: string[] = [];

function letters(column: number): string {
  return (known[column] ??= column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26));
}
