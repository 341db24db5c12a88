import { dayIn } from '#platform/kernel/relative-date.ts';

const DAY = 86_400_000;

/** Days are `2026-11-26`, months `2026-11`. */

/** The weeks that a month touches, Monday first (ISO 8601). */
export function weeksOf(month: string): readonly (readonly string[])[] {
  const first = new Date(`${month}-01T00:00:00Z`);
  const start = plusDays(first, -((first.getUTCDay() + 6) % 7));
  const weeks: string[][] = [];
  for (let day = start; textOf(day).slice(0, 7) <= month; day = plusDays(day, 7))
    weeks.push(Array.from({ length: 7 }, (_, at) => textOf(plusDays(day, at))));
  return weeks;
}

/** The month some months later, or before. */
export function monthAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return textOf(new Date(Date.UTC(year, number - 1 + months, 1))).slice(0, 7);
}

/** The day after another. */
export function dayAfter(day: string): string {
  return dayBy(day, 1);
}

/** The day some days after another, or before. */
export function dayBy(day: string, days: number): string {
  return textOf(plusDays(new Date(`${day}T00:00:00Z`), days));
}

function plusDays(day: Date, days: number): Date {
  return new Date(day.getTime() + days * DAY);
}

function textOf(day: Date): string {
  return day.toISOString().slice(0, 10);
}

/** An instant on another day at the same hour of the zone; clocks may have been put forward or back between. */
export function instantOn(day: string, instant: string, timeZone: string): string {
  const days = (Date.parse(day) - Date.parse(dayIn(timeZone, new Date(instant)))) / DAY;
  const moved = new Date(Date.parse(instant) + days * DAY);
  const minutes = (date: Date): number => {
    const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(date);
    const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0);
    return part('hour') * 60 + part('minute');
  };
  const off = minutes(new Date(instant)) - minutes(moved);
  // The nearer way round midnight.
  const back = off > 720 ? off - 1440 : off < -720 ? off + 1440 : off;
  return new Date(moved.getTime() + back * 60_000).toISOString();
}
