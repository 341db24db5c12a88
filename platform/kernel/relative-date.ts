/**
 * Relative days and instants: `today`, `yesterday`, `tomorrow`, and start and end of `week` (Monday), `month`, `quarter` and `year`
 * as `monthStart`, `monthEnd` …, each with an offset in days, weeks, months or years (`today-30d`, `monthStart-1m`, `today+1y`);
 * `now`, with an offset in `min`, `h` or `d` (`now-2h`), is an instant.
 */

const RELATIVE = /^(today|yesterday|tomorrow|(?:week|month|quarter|year)(?:Start|End))([+-]\d{1,5}[dwmy])?$/;
const NOW = /^now([+-])?(?:(\d{1,6})(min|h|d))?$/;
const UNIT_MS: Readonly<Record<string, number>> = { min: 60_000, h: 3_600_000, d: 86_400_000 };

/** The calendar day that a relative word means in a time zone, as `2026-01-31`; null when it is no such word. */
export function relativeDay(word: string, timeZone: string, now = new Date()): string | null {
  const match = RELATIVE.exec(word);
  if (!match) return null;
  const today = new Date(`${dayIn(timeZone, now)}T00:00:00Z`);
  return text(shifted(anchor(match[1] ?? '', today), match[2] ?? ''));
}

/** The instant of `now`, `now-2h`, `now+30min`; null when it is no such word. */
export function relativeInstant(word: string, now = new Date()): Date | null {
  const match = NOW.exec(word);
  if (!match || (match[1] === undefined) !== (match[2] === undefined)) return null;
  const milliseconds = Number(match[2] ?? 0) * (UNIT_MS[match[3] ?? ''] ?? 0);
  return new Date(now.getTime() + (match[1] === '-' ? -milliseconds : milliseconds));
}

/** The calendar day it is in an IANA time zone. An unknown zone counts as UTC. */
export function dayIn(timeZone: string, instant: Date): string {
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
  } catch {
    return instant.toISOString().slice(0, 10);
  }
}

/** Who works on a day: that of the calendar where they are, or their working date. */
type Worker = { readonly timeZone: string; readonly workDate?: string | undefined };

/** The day it is for a caller: their working date, else the calendar's in a time zone. */
export function todayOf(caller: Worker, timeZone = caller.timeZone, now = new Date()): string {
  return caller.workDate ?? dayIn(timeZone, now);
}

/** The day that a word like `today+14d` means to a caller; null when it is no such word. */
export function relativeDayOf(caller: Worker, word: string): string | null {
  return caller.workDate === undefined ? relativeDay(word, caller.timeZone) : relativeDay(word, 'UTC', new Date(caller.workDate));
}

function anchor(word: string, today: Date): Date {
  const year = today.getUTCFullYear();
  const month = today.getUTCMonth();
  const quarter = month - (month % 3);
  const monday = plusDays(today, -((today.getUTCDay() + 6) % 7));
  const anchors: Readonly<Record<string, () => Date>> = {
    yesterday: () => plusDays(today, -1),
    tomorrow: () => plusDays(today, 1),
    weekStart: () => monday,
    weekEnd: () => plusDays(monday, 6),
    monthStart: () => new Date(Date.UTC(year, month, 1)),
    monthEnd: () => new Date(Date.UTC(year, month + 1, 0)),
    quarterStart: () => new Date(Date.UTC(year, quarter, 1)),
    quarterEnd: () => new Date(Date.UTC(year, quarter + 3, 0)),
    yearStart: () => new Date(Date.UTC(year, 0, 1)),
    yearEnd: () => new Date(Date.UTC(year, 11, 31)),
  };
  return anchors[word]?.() ?? today;
}

function shifted(day: Date, offset: string): Date {
  const amount = Number(offset.slice(0, -1));
  if (offset.endsWith('d')) return plusDays(day, amount);
  if (offset.endsWith('w')) return plusDays(day, amount * 7);
  if (offset.endsWith('m')) return plusMonths(day, amount);
  return offset.endsWith('y') ? plusMonths(day, amount * 12) : day;
}

function plusDays(day: Date, days: number): Date {
  return new Date(day.getTime() + days * 86_400_000);
}

/** A month later the same day, or the last one when the month is shorter. */
function plusMonths(day: Date, months: number): Date {
  const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return plusDays(first, Math.min(day.getUTCDate(), last) - 1);
}

function text(day: Date): string {
  return Number.isNaN(day.getTime()) ? '' : day.toISOString().slice(0, 10);
}
