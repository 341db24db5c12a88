/** The calendar day of an instant in an IANA time zone, `2026-01-31`. An unknown zone counts as UTC. */
export function calendarDay(instant: string, timeZone: string): string {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat('en-CA', { ...options, timeZone }).format(new Date(instant));
  } catch {
    return instant.slice(0, 10);
  }
}

/** The fiscal year a day falls into, named by the calendar year in which it begins. `firstMonth` is 1 to 12. */
export function fiscalYear(day: string, firstMonth: number): number {
  const year = Number(day.slice(0, 4));
  return Number(day.slice(5, 7)) < firstMonth ? year - 1 : year;
}
