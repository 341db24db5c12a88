import type { GroupUnit } from '#platform/kernel/grouping.ts';
import type { Language } from '#admin-ui/src/i18n/index.ts';
import { formatDate } from '#admin-ui/src/i18n/format.ts';
import { dayBy, monthAfter } from './month.ts';

const MONTHS: { readonly [unit: string]: number } = { month: 1, quarter: 3, year: 12 };

/** The first day after a part of the calendar that begins on a day (`2026-11-01`). */
export function periodEnd(first: string, unit: GroupUnit): string {
  const months = MONTHS[unit];
  if (months === undefined) return dayBy(first, unit === 'week' ? 7 : 1);
  return `${monthAfter(first.slice(0, 7), months)}-01`;
}

/** What a part of the calendar is called: `November 2026`, `Q4 2026`; a week by its first and last day. */
export function periodName(first: string, unit: GroupUnit, language: Language): string {
  const [year = '', month = ''] = first.split('-');
  if (unit === 'day') return formatDate(first, language);
  if (unit === 'week') return `${formatDate(first, language)} – ${formatDate(dayBy(first, 6), language)}`;
  if (unit === 'quarter') return `Q${Math.ceil(Number(month) / 3)} ${year}`;
  if (unit === 'year') return year;
  const day = new Date(`${first}T00:00:00Z`);
  return day.toLocaleDateString(language === 'de' ? 'de-DE' : 'en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
}
