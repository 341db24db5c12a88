/** Years of two digits lie between eighty years ago and twenty ahead. */
const YEARS_AHEAD = 20;

/**
 * A day as people type it: `2026-01-31`, `31.1.2026`, `31/01/26`, `31-1-2026`; `31.1.` is of this year. Null when it is none, as the 31st of
 * February. The answer is ISO 8601. Both languages of the screens write the day first.
 */
export function parseDay(typed: string, today: Date = new Date()): string | null {
  const text = typed.trim();
  const [, isoYear, isoMonth, isoDay] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  if (isoYear !== undefined) return real(isoYear, isoMonth, isoDay);
  const written = /^(\d{1,2})([./-])\s*(\d{1,2})(?:\2\s*(\d{4}|\d{2})?)?$/.exec(text);
  if (!written) return null;
  const [, day, , month, year = ''] = written;
  return real(year.length === 4 ? year : String(fullYear(year, today.getFullYear())), month, day);
}

function fullYear(year: string, now: number): number {
  if (year === '') return now;
  const latest = now + YEARS_AHEAD;
  const ofCentury = latest - (latest % 100) + Number(year);
  return ofCentury > latest ? ofCentury - 100 : ofCentury;
}

function real(year = '', month = '', day = ''): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text) ? text : null;
}

/** Whether a value of a date field is a day, as the server keeps it. */
export function isDay(value: string): boolean {
  const [year, month, day] = value.split('-');
  return real(year, month, day) === value;
}
