import { exact, plain } from '#platform/kernel/decimal.ts';

/** How the number of a cell is meant, as its format says: a day or a time of day is a number to a spreadsheet. */
export type NumberKind = 'number' | 'percent' | 'date' | 'dateTime' | 'time';

/** Of the formats that need not be written down in the file, those of days, times and percentages (ECMA-376, 18.8.30). */
const BUILT_IN: ReadonlyMap<number, NumberKind> = new Map([
  [9, 'percent'],
  [10, 'percent'],
  ...range(14, 17, 'date'),
  ...range(18, 21, 'time'),
  [22, 'dateTime'],
  ...range(27, 31, 'date'),
  ...range(32, 35, 'time'),
  [36, 'date'],
  ...range(45, 47, 'time'),
  ...range(50, 54, 'date'),
  ...range(55, 56, 'time'),
  ...range(57, 58, 'date'),
]);

function range(from: number, to: number, kind: NumberKind): readonly (readonly [number, NumberKind])[] {
  return Array.from({ length: to - from + 1 }, (_, at) => [from + at, kind] as const);
}

/** The kind of a format by its id and, where the file has one, its code. */
export function numberKind(id: number, code: string | undefined): NumberKind {
  if (code === undefined) return BUILT_IN.get(id) ?? 'number';
  const bare = code
    .split(';')[0]
    ?.replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .toLowerCase();
  if (bare === undefined || /general/.test(bare)) return 'number';
  const hasTime = /[hs]/.test(bare);
  const hasDay = /[dy]/.test(bare) || (/m/.test(bare) && !hasTime);
  if (hasDay) return hasTime ? 'dateTime' : 'date';
  if (hasTime) return 'time';
  return bare.includes('%') ? 'percent' : 'number';
}

/** Digits that a spreadsheet shows and computes with; those behind them are the noise of binary fractions. */
const DIGITS = 15;

/** The number that the author of a cell saw: `1.1` where the file has `1.1000000000000001`. Null when it is none. */
export function shownNumber(text: string): string | null {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)) return null;
  if (text.length <= DIGITS && !/e/i.test(text)) return plain(text);
  return plain(exact(text).toSignificantDigits(DIGITS));
}

/** Milliseconds of a day. */
export const DAY_MILLISECONDS = 86_400_000;

/** Day 0 of each of the two calendars that a workbook may count by, both before what their first day is called, because one of them has a 29 February 1900. */
export const BEGINNING = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const;

/** A day, a moment to the millisecond, or a time of day to the second from its number; moments have no zone. Null when it lies outside of the calendar. */
export function momentOf(serial: string, kind: NumberKind, is1904: boolean): string | null {
  const days = Number(serial);
  if (!Number.isFinite(days) || days < 0 || days >= 2_958_466) return null;
  const isClock = kind === 'time' && days < 1;
  const step = isClock ? 1000 : 1;
  const at = Math.round((days * DAY_MILLISECONDS) / step) * step;
  const [day = '', time = ''] = new Date(BEGINNING[is1904 ? 1904 : 1900] + at).toISOString().split('T');
  const clock = time.replace(/(\.000)?Z$/, '');
  if (isClock) return clock;
  return kind === 'date' && Number.isInteger(days) ? day : `${day}T${clock}`;
}
