import type { Language } from './index.ts';

const POINT = { en: '.', de: ',' } as const;

/**
 * What somebody typed, as a decimal string: `1.234,5` and `1,234.5` are `1234.5` to every reader, for the last mark is the decimal one.
 * A single mark is read as the reader's language has it: `1,234` is a thousand in English and `1.234` in German. Marks that group stand
 * at every third digit. What is no number, or might be two, comes back as it was typed: it stays in sight, and the server refuses it.
 */
export function parseDecimal(typed: string, language: Language): string {
  const text = typed.replaceAll(/[\s\u00a0\u202f]/g, '').replace(/^\u2212/, '-');
  const [, sign = '', digits = ''] = /^([+-]?)([\d.,]*\d[\d.,]*)$/.exec(text) ?? [];
  const plain = digits === '' ? null : plainOf(digits, language);
  return plain === null ? typed : `${sign === '-' ? '-' : ''}${plain}`;
}

/** Whether a value of a number's field is one. */
export function isNumberText(value: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(value);
}

function plainOf(digits: string, language: Language): string | null {
  const marks: readonly string[] = digits.match(/[.,]/g) ?? [];
  const last = marks.at(-1);
  if (last === undefined) return digits;
  const isPoint = new Set(marks).size === 2 || (marks.length === 1 && (last === POINT[language] || !isGrouped(digits)));
  const [whole = '', fraction = ''] = isPoint ? halves(digits, last) : [digits];
  const isPlain = /^\d*$/.test(whole);
  if (!/^\d*$/.test(fraction) || !(isPlain || isGrouped(whole))) return null;
  return `${whole.replaceAll(/[.,]/g, '') || '0'}${fraction === '' ? '' : `.${fraction}`}`;
}

function halves(digits: string, mark: string): readonly [string, string] {
  const at = digits.lastIndexOf(mark);
  return [digits.slice(0, at), digits.slice(at + 1)];
}

/** `1.234.567`, but neither `0.123` nor `12.34`. */
function isGrouped(digits: string): boolean {
  return /^[1-9]\d{0,2}(\.\d{3})+$/.test(digits) || /^[1-9]\d{0,2}(,\d{3})+$/.test(digits);
}
