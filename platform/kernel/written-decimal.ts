/** The mark before the decimals, as somebody writes numbers. */
export type DecimalMark = '.' | ',';

/**
 * The decimal string that a written number means: `1.234,5` and `1,234.5` are `1234.5` whichever mark is given, for the last one is the decimal
 * one. A single mark is read as given: `1,234` is a thousand where the point is the decimal mark, else `1.234`; where it cannot group, it is the
 * decimal one. Marks that group stand at every third digit. Null of what is no number.
 */
export function writtenDecimal(written: string, mark: DecimalMark): string | null {
  const text = written.replaceAll(/[\s\u00a0\u202f]/g, '').replace(/^\u2212/, '-');
  const [, sign = '', digits = ''] = /^([+-]?)([\d.,]*\d[\d.,]*)$/.exec(text) ?? [];
  const plain = digits === '' ? null : plainDigits(digits, mark);
  return plain === null ? null : `${sign === '-' ? '-' : ''}${plain}`;
}

/** Whether a number can only be read with a comma before its decimals: `1.234,5` and `12,50`, but not `1,234`. */
export function hasDecimalComma(written: string): boolean {
  const [comma, point] = [writtenDecimal(written, ','), writtenDecimal(written, '.')];
  return comma !== null && comma === point && comma.includes('.') && written.lastIndexOf(',') > written.lastIndexOf('.');
}

function plainDigits(digits: string, mark: DecimalMark): string | null {
  const marks: readonly string[] = digits.match(/[.,]/g) ?? [];
  const last = marks.at(-1);
  if (last === undefined) return digits;
  const isDecimal = new Set(marks).size === 2 || (marks.length === 1 && (last === mark || !isGrouped(digits)));
  const [whole = '', fraction = ''] = isDecimal ? halves(digits, last) : [digits];
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
