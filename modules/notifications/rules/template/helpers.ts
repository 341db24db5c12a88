import { trusted } from '#platform/kernel/seam.ts';

/** How values are written in the language of a message. What is no number or day is written as it is. */
export const HELPERS: Readonly<Record<string, (language: string, given: readonly string[]) => string>> = Object.freeze({
  money: (language: string, [amount = '', currency = '']: readonly string[]) =>
    isNumber(amount) && /^[A-Z]{3}$/.test(currency)
      ? new Intl.NumberFormat(language, { style: 'currency', currency }).format(exactly(amount))
      : amount,
  number: (language: string, [value = '']: readonly string[]) =>
    isNumber(value) ? new Intl.NumberFormat(language, { maximumFractionDigits: 6 }).format(exactly(value)) : value,
  date: (language: string, [day = '']: readonly string[]) => {
    const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(day) ? `${day}T00:00:00Z` : day);
    if (day === '' || Number.isNaN(at.getTime())) return day;
    return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(at);
  },
});

function isNumber(text: string): boolean {
  return /^-?\d{1,30}(\.\d{1,12})?$/.test(text);
}

/** Intl formats decimal texts digit by digit, where a number would be rounded first; that the text is one was looked at before. */
function exactly(text: string): Intl.StringNumericLiteral {
  return trusted<Intl.StringNumericLiteral>(text);
}
