import { instantIn } from '#platform/kernel/dates.ts';
import { exact, isDecimal, plain } from '#platform/kernel/decimal.ts';
import { fieldType } from '#platform/kernel/field-types/index.ts';
import { hasDecimalComma, writtenDecimal } from '#platform/kernel/written-decimal.ts';
import type { FieldDefinition } from '#platform/kernel/model.ts';
import { listIn } from './list-cell.ts';

/** How cells are written: `1.234,50` with a decimal comma, `31.01.2026` with German dates, moments that name no zone in this one. */
export type CellStyle = { readonly decimalComma: boolean; readonly germanDates: boolean; readonly timeZone: string };

/** What only a column of cells can tell of how its numbers and days are written. */
export type CellNotation = Pick<CellStyle, 'decimalComma' | 'germanDates'>;

/** How the cells of a column are written: a notation counts when one cell at least can be read in no other. */
export function notationOf(cells: readonly string[]): CellNotation {
  return {
    decimalComma: cells.some((cell) => hasDecimalComma(cell.replace(/%$/, ''))),
    germanDates: cells.some((cell) => /^\d{1,2}\.\d{1,2}\.\d{4}/.test(cell)),
  };
}

const TRUE: readonly string[] = ['true', 'yes', 'ja', 'x', '1', 'wahr'];
const FALSE: readonly string[] = ['false', 'no', 'nein', '0', 'falsch'];

/** What the text of a cell means in a field, for the validator to judge. */
export function cellValue(field: FieldDefinition, text: string, style: CellStyle): unknown {
  const written = text.trim();
  switch (fieldType(field.type).storage) {
    case 'integer':
      return wholeNumber(numberText(written, style));
    case 'bigint':
    case 'numeric':
      return ofHundred(field, numberText(written, style));
    case 'boolean':
      return truth(written);
    case 'date':
      return midnight(style.germanDates ? isoDay(written) : written);
    case 'timestamp':
      return zoned(style.germanDates ? written.replace(/^\d{1,2}\.\d{1,2}\.\d{4}/, isoDay) : written, style.timeZone);
    case 'textArray':
      return optionsIn(field, written);
    case 'json':
      return jsonValue(written);
    case 'text':
      return field.options ? optionKey(field, written) : text;
    case 'uuidArray':
      return listIn(written);
    case 'uuid':
    case 'time':
    case 'interval':
    case 'none':
      return written;
  }
}

/** A single comma at the third digit may be either mark: where commas are not said to be decimal, it is refused rather than guessed. */
function numberText(written: string, { decimalComma }: CellStyle): string {
  const close = written.replace(/[\s\u00a0]/g, '');
  const [, number = '', rest = ''] = /^(.*?)(%?)$/.exec(close) ?? [];
  if (!decimalComma && /^[+-]?\d{1,3},\d{3}$/.test(number)) return close;
  return `${writtenDecimal(number, decimalComma ? ',' : '.') ?? number}${rest}`;
}

/** `19%` is 19 in a field of percentages, and 0.19 in one of plain numbers. */
function ofHundred(field: FieldDefinition, text: string): string {
  const number = text.endsWith('%') ? text.slice(0, -1) : text;
  if (number === text || !isDecimal(number)) return text;
  return field.type === 'percent' ? number : plain(exact(number).div(100));
}

/** Spreadsheets write a day as its first moment where its cell shows the time too. */
function midnight(written: string): string {
  return written.replace(/^(\d{4}-\d{2}-\d{2})T00:00:00$/, '$1');
}

const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?$/;

function zoned(written: string, timeZone: string): string {
  return WITHOUT_ZONE.test(written) ? (instantIn(timeZone, written) ?? written) : written;
}

function wholeNumber(text: string): unknown {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

function truth(written: string): unknown {
  const word = written.toLowerCase();
  if (TRUE.includes(word)) return true;
  return FALSE.includes(word) ? false : written;
}

function isoDay(written: string): string {
  const match = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(written);
  return match ? `${match[3]}-${match[2]?.padStart(2, '0')}-${match[1]?.padStart(2, '0')}` : written;
}

/** An option by its key, or by its label in any language. */
function optionKey(field: FieldDefinition, written: string): string {
  const options = field.options ?? [];
  if (options.some((option) => option.key === written)) return written;
  const wanted = written.toLowerCase();
  const found = options.find(({ key, label }) => [key, label.en, label.de ?? ''].some((known) => known.toLowerCase() === wanted));
  return found?.key ?? written;
}

/** A label may have a comma in it; where the whole cell is one option, it means that. */
function optionsIn(field: FieldDefinition, written: string): readonly string[] {
  const whole = optionKey(field, written);
  if (field.options?.some(({ key }) => key === whole) === true) return [whole];
  return listIn(written).map((part) => optionKey(field, part));
}

function jsonValue(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return written;
  }
}
