import type { Language } from './index.ts';

const LOCALES: { readonly [language in Language]: string } = { en: 'en-GB', de: 'de-DE' };
const cache = new Map<string, Intl.NumberFormat>();

/** A decimal string in the reader's own form, exact to the last digit; what is no number stays as it is. */
export function formatDecimal(value: string, language: Language, digits?: { readonly minimum: number; readonly maximum: number }): string {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return value;
  const decimals = value.split('.')[1]?.length ?? 0;
  const minimum = digits?.minimum ?? decimals;
  const maximum = Math.min(20, Math.max(digits?.maximum ?? decimals, minimum));
  const key = `${language} ${minimum} ${maximum}`;
  const format =
    cache.get(key) ?? new Intl.NumberFormat(LOCALES[language], { minimumFractionDigits: minimum, maximumFractionDigits: maximum });
  cache.set(key, format);
  return format.format(exact(value));
}

/** Intl formats decimal strings exactly (ECMA-402, 2023). */
function exact(value: string): Intl.StringNumericLiteral {
  return isNumeric(value) ? value : '0';
}

function isNumeric(value: string): value is Intl.StringNumericLiteral {
  return /^-?\d+(\.\d+)?$/.test(value);
}

/** A share between 0 and 1 in whole percent; what is not quite nothing or all is not called so. */
export function formatShare(share: number, language: Language): string {
  const percent = new Intl.NumberFormat(LOCALES[language], { style: 'percent', maximumFractionDigits: 0 });
  if (share > 0 && share < 0.005) return `< ${percent.format(0.01)}`;
  return share < 1 && share >= 0.995 ? `> ${percent.format(0.99)}` : percent.format(share);
}

/** `1.234,50 €` or `€1,234.50`; at least the currency's own digits. */
export function formatMoney(value: string, currency: string | undefined, language: Language): string {
  if (!currency || !/^[A-Z]{3}$/.test(currency)) return formatDecimal(value, language, { minimum: 2, maximum: 20 });
  if (!/^-?\d+(\.\d+)?$/.test(value)) return value;
  const format = new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency, maximumFractionDigits: 9 });
  return format.format(exact(value));
}

/** How many digits a currency's amounts have after the point: two where it is not known. */
export function digitsOf(currency: string | undefined): number {
  if (!currency || !/^[A-Z]{3}$/.test(currency)) return 2;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().minimumFractionDigits ?? 2;
}

/** A calendar day, `2026-01-31`, whatever the reader's zone is. */
export function formatDate(value: string, language: Language): string {
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return value;
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'medium', timeZone: 'UTC' }).format(day);
}

/** An instant in the reader's own zone. */
export function formatDateTime(value: string, language: Language): string {
  const instant = new Date(value);
  if (Number.isNaN(instant.getTime())) return value;
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'medium', timeStyle: 'short' }).format(instant);
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** `3 hours ago`; the date itself after a week. */
export function formatAgo(value: string, language: Language): string {
  const seconds = (Date.now() - new Date(value).getTime()) / 1000;
  if (Number.isNaN(seconds)) return value;
  if (seconds > 7 * 86_400) return formatDateTime(value, language);
  const format = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto' });
  const step = STEPS.find(([, size]) => seconds >= size);
  return step ? format.format(-Math.floor(seconds / step[1]), step[0]) : format.format(0, 'second');
}

/** A day as one types it, `31.01.2026` or `31/01/2026`; what is none stays as it is. */
export function typedDate(value: string, language: Language): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
  return year === undefined ? value : [day, month, year].join(language === 'de' ? '.' : '/');
}
