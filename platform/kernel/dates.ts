import { Temporal } from 'temporal-polyfill';

/** The day some days after another (before it, if negative). Calendar days are ISO 8601 texts: `2026-01-31`. */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** Whether a text is a day of the calendar as ISO 8601 writes it, from the year 1 on. */
export function isDay(text: string): boolean {
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(text) && !text.startsWith('0000') ? new Date(`${text}T00:00:00Z`) : null;
  return parsed !== null && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

/** The fiscal year a day falls into, named by the calendar year in which it begins. `firstMonth` is 1 to 12. */
export function fiscalYear(day: string, firstMonth: number): number {
  const year = Number(day.slice(0, 4));
  return Number(day.slice(5, 7)) < firstMonth ? year - 1 : year;
}

/** The same day some months later, or the last of that month where it has no such day: 31 January + 1 is 28 February. */
export function addMonths(day: string, months: number): string {
  return Temporal.PlainDate.from(day).add({ months }).toString();
}

/** The last day of a day's month. */
export function endOfMonth(day: string): string {
  return onDayOfMonth(Temporal.PlainDate.from(day), 31).toString();
}

/** The first day on or after another that is the given day of its month; 29 to 31 mean the last where a month is shorter. */
export function nextDayOfMonth(day: string, dayOfMonth: number): string {
  const from = Temporal.PlainDate.from(day);
  const found = onDayOfMonth(from, dayOfMonth);
  return Temporal.PlainDate.compare(found, from) >= 0
    ? found.toString()
    : onDayOfMonth(from.with({ day: 1 }).add({ months: 1 }), dayOfMonth).toString();
}

/** How many days lie between two: 0 for the same, negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days;
}

/** The instant (RFC 3339, UTC) at which clocks in an IANA zone show a moment such as `2026-01-31T13:45:00`; null when there is no such moment. */
export function instantIn(timeZone: string, moment: string): string | null {
  try {
    return Temporal.PlainDateTime.from(moment).toZonedDateTime(timeZone).toInstant().toString();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** What clocks in an IANA zone show at an instant, such as `2026-01-31T13:45:00`. */
export function momentIn(timeZone: string, instant: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'second' });
}

/** The instant at which clocks in an IANA zone are next put forward or back, after another; null where none is known. */
export function nextClockChange(timeZone: string, instant: string): string | null {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).getTimeZoneTransition('next')?.toInstant().toString() ?? null;
}

/** The instant (RFC 3339, UTC) so long after another; a duration is ISO 8601, and its days are days of 24 hours. */
export function afterDuration(instant: string, duration: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO('UTC').add(Temporal.Duration.from(duration)).toInstant().toString();
}

function onDayOfMonth(day: Temporal.PlainDate, dayOfMonth: number): Temporal.PlainDate {
  return day.with({ day: Math.min(dayOfMonth, day.daysInMonth) });
}
