import { digitsOf } from '#platform/kernel/money/currency.ts';
import type { Json } from '#platform/kernel/model.ts';

/** The words that the letter itself says, by key: English and German. A template in another language says its own, and has these in English. */
const WORDS = {
  amount: ['Amount', 'Betrag'],
  articleNumber: ['Item no.', 'Art.-Nr.'],
  date: ['Date', 'Datum'],
  days: ['Days overdue', 'Tage überfällig'],
  description: ['Description', 'Bezeichnung'],
  discount: ['Discount', 'Rabatt'],
  draft: ['Draft', 'Entwurf'],
  dueDate: ['Due', 'Fällig am'],
  includedVat: ['Includes VAT', 'Enthaltene USt.'],
  interest: ['Interest', 'Zinsen'],
  invoice: ['Invoice', 'Rechnung'],
  managers: ['Managing directors', 'Geschäftsführung'],
  net: ['Net total', 'Nettobetrag'],
  nothing: ['There is nothing to report.', 'Es gibt nichts zu berichten.'],
  of: ['on', 'auf'],
  open: ['Open', 'Offen'],
  page: ['Page', 'Seite'],
  position: ['No.', 'Pos.'],
  printed: ['Printed', 'Gedruckt'],
  quantity: ['Quantity', 'Menge'],
  taxNumber: ['Tax no.', 'Steuernr.'],
  total: ['Total', 'Gesamtbetrag'],
  unit: ['Unit', 'Einheit'],
  unitPrice: ['Unit price', 'Einzelpreis'],
  vat: ['VAT', 'USt.'],
  vatNumber: ['VAT ID', 'USt-IdNr.'],
} as const;

/** The languages that templates are shipped in. */
export const SHIPPED_LANGUAGES: readonly string[] = ['en', 'de'];

/** The words of a language. */
export function wordsOf(language: string): { readonly [word: string]: string } {
  return Object.fromEntries(Object.entries(WORDS).map(([key, [en, de]]) => [key, language === 'de' ? de : en]));
}

/** English without a country is Britain's: the day stands before the month. */
function localeOf(language: string): string {
  return language === 'en' ? 'en-GB' : language;
}

/** How a language writes numbers, amounts of a currency and days, as parts that the letter puts together: values stay exact, digit by digit. */
export function formatOf(language: string, currency: string): { readonly [name: string]: Json } {
  const locale = localeOf(language);
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 }).formatToParts(1_234_567.5);
  const part = (type: string, otherwise: string): string => number.find((one) => one.type === type)?.value ?? otherwise;
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(1);
  const whole = money.findIndex(({ type }) => type === 'integer');
  const text = (parts: readonly { type: string; value: string }[]): string =>
    parts
      .filter(({ type }) => type === 'literal' || type === 'currency')
      .map(({ value }) => value)
      .join('');
  const percent = new Intl.NumberFormat(locale, { style: 'percent' }).formatToParts(1);
  return {
    decimal: part('decimal', '.'),
    group: part('group', ' '),
    percent: percent
      .slice(percent.findIndex(({ type }) => type === 'integer') + 1)
      .map(({ value }) => value)
      .join(''),
    currency: {
      code: currency,
      sign: money.find(({ type }) => type === 'currency')?.value ?? currency,
      before: text(money.slice(0, whole)),
      after: text(money.slice(whole)),
      digits: digitsOf(currency),
    },
    ...dayFormat(locale),
  };
}

const numbers = new Map<string, Intl.NumberFormat>();

/** A decimal string as the language writes it, exact to the last digit, with at least so many behind the point. */
export function writtenDecimal(value: string, language: string, digits?: number): string {
  if (!isNumeric(value)) return value;
  const minimum = digits ?? value.split('.')[1]?.length ?? 0;
  const key = `${language} ${minimum}`;
  const format =
    numbers.get(key) ?? new Intl.NumberFormat(localeOf(language), { minimumFractionDigits: minimum, maximumFractionDigits: 20 });
  numbers.set(key, format);
  return format.format(value).replace('-', '\u2212');
}

/** Intl formats decimal strings exactly (ECMA-402, 2023). */
function isNumeric(value: string): value is Intl.StringNumericLiteral {
  return /^-?\d+(\.\d+)?$/.test(value);
}

const days = new Map<string, Intl.DateTimeFormat>();

/** A calendar day, `2026-01-31`, as the language writes it. */
export function writtenDay(value: string, language: string): string {
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return value;
  const format = days.get(language) ?? new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeZone: 'UTC' });
  days.set(language, format);
  return format.format(day);
}

/** The order of day, month and year with what stands between them; months by name where the language writes them so. */
function dayFormat(locale: string): { readonly [name: string]: Json } {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const parts = format.formatToParts(Date.UTC(2026, 0, 5));
  const isNamed = parts.some(({ type, value }) => type === 'month' && !/^\d+$/.test(value));
  const monthOf = (month: number): string =>
    format.formatToParts(Date.UTC(2026, month, 5)).find(({ type }) => type === 'month')?.value ?? String(month + 1);
  return {
    date: parts.map(({ type, value }) => (type === 'literal' ? value : type)),
    months: isNamed ? Array.from({ length: 12 }, (_, month) => monthOf(month)) : [],
    padded: parts.find(({ type }) => type === 'day')?.value === '05',
  };
}
