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
  return textOf(plusDays(new Date(`${day}T00:00:00Z`), 1));
}

function plusDays(day: Date, days: number): Date {
  return new Date(day.getTime() + days * 86_400_000);
}

function textOf(day: Date): string {
  return day.toISOString().slice(0, 10);
}
