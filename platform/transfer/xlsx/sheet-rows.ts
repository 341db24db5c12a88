import { Refusal } from '#platform/kernel/errors.ts';
import { plain, exact } from '#platform/kernel/decimal.ts';
import { CELL_MAX, type TableRow } from '../csv-file.ts';
import { momentOf, shownNumber } from './number-format.ts';
import { unescaped, type Workbook } from './workbook.ts';
import { damaged } from './xml-events.ts';

const COLUMNS_MOST = 500;
const TOO_MANY_COLUMNS = {
  en: `A sheet has at most ${COLUMNS_MOST} columns with something in them.`,
  de: `Ein Blatt hat höchstens ${COLUMNS_MOST} Spalten, in denen etwas steht.`,
};

/**
 * The rows of a sheet as texts, those without any left out: numbers exactly, with a comma if `decimalComma`, percentages with their sign,
 * days and moments as ISO 8601 has them. One portion of the file is in memory at a time.
 */
export async function* sheetRows(
  workbook: Workbook,
  sheet: { readonly path: string },
  { decimalComma }: { readonly decimalComma: boolean },
): AsyncGenerator<TableRow> {
  const ready: TableRow[] = [];
  let row = 0;
  let cells: string[] = [];
  let cell: Cell = NO_CELL;
  let place = -1;
  let takes = false;
  const listener = {
    open: (tag: string, attributes: Readonly<Record<string, string>>) => {
      if (tag === 'row') [cells, place, row] = [[], -1, Math.max(row + 1, numberOf(attributes['r']))];
      if (tag === 'c') {
        place = columnOf(attributes['r']) ?? place + 1;
        cell = { type: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0), text: '' };
      }
      takes = tag === 'v' || tag === 't';
    },
    text: (text: string) => {
      if (takes) cell = { ...cell, text: cell.text + text };
      if (cell.text.length > CELL_MAX) throw damaged({ en: 'a cell is too long', de: 'eine Zelle ist zu lang' });
    },
    close: (tag: string) => {
      takes = false;
      if (tag === 'row' && cells.some((text) => text.trim() !== '')) ready.push({ row, cells });
      if (tag !== 'c' || cell.text === '') return;
      if (place >= COLUMNS_MOST) throw new Refusal('malformed_request', TOO_MANY_COLUMNS);
      while (cells.length < place) cells.push('');
      cells[place] = textOf(workbook, cell, decimalComma);
    },
  };
  for await (const _ of workbook.archive.read(sheet.path, listener)) {
    yield* ready;
    ready.length = 0;
  }
}

type Cell = { readonly type: string; readonly style: number; readonly text: string };

const NO_CELL: Cell = { type: 'n', style: 0, text: '' };

function numberOf(row: string | undefined): number {
  return /^\d{1,7}$/.test(row ?? '') ? Number(row) : 0;
}

/** `C7` stands in the third column. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (letters === undefined) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function textOf(workbook: Workbook, { type, style, text }: Cell, decimalComma: boolean): string {
  if (type === 's') {
    const shared = workbook.texts[Number(text)];
    if (shared === undefined)
      throw damaged({ en: 'a cell refers to a text that is not there', de: 'eine Zelle verweist auf einen Text, den es nicht gibt' });
    return shared;
  }
  if (type === 'b') return text === '1' ? 'true' : 'false';
  if (type !== 'n') return unescaped(text);
  return numberText(workbook, { text, style }, decimalComma);
}

function numberText({ kinds, is1904 }: Workbook, { text, style }: Pick<Cell, 'text' | 'style'>, decimalComma: boolean): string {
  const kind = kinds[style] ?? 'number';
  const number = shownNumber(text);
  if (number === null) return text;
  if (kind === 'date' || kind === 'dateTime' || kind === 'time') return momentOf(number, kind, is1904) ?? number;
  const shown = kind === 'percent' ? `${plain(exact(number).times(100))}%` : number;
  return decimalComma ? shown.replace('.', ',') : shown;
}
